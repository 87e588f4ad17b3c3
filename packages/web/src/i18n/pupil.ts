// Everything the pupil's page says, Chinese and English side by side, so that neither can be forgotten.
export const pupilWords = {
  brand: ['童行', 'Tongxing'],
  demo: ['演示数据', 'Demonstration data'],
  other: ['English', '中文'],
  needHelp: ['需要帮助', 'Get help'],
  seat: ['{number} 号', 'Seat {number}'],
  notMe: ['不是我？', 'not me?'],
  display: ['显示', 'Display'],
  'display.size': ['字号', 'Text size'],
  'display.standard': ['标准', 'Standard'],
  'display.large': ['大', 'Large'],
  'display.largest': ['特大', 'Largest'],
  'display.contrast': ['高对比度', 'High contrast'],
  memoryOnly: [
    '这台设备现在不能保存你的作答。请不要关闭或刷新这一页；也可以向老师要一份纸质问卷。',
    'This device cannot keep your answers now. Do not close or reload this page; you can also ask the teacher for the questionnaire on paper.',
  ],

  'door.title': ['请输入你的座位码', 'Type your seat code'],
  'door.hint': ['两个号码都在老师发给你的卡片上。', 'Both are on the card that your teacher gave you.'],
  'door.locator': ['场次号', 'Session number'],
  'door.locatorHint': ['5 位', '5 characters'],
  'door.code': ['座位码', 'Seat code'],
  'door.codeHint': ['6 位', '6 characters'],
  'door.factor': ['再确认一下', 'One more thing'],
  'door.forgiving': ['大小写都可以，空格不用管。', 'Small or capital letters, with or without spaces.'],
  'door.enter': ['继续', 'Continue'],
  'door.entering': ['请稍等…', 'One moment…'],
  'door.locatorShort': ['场次号是 5 位，请再看看卡片。', 'The session number has 5 characters. Look at the card once more.'],
  'door.codeShort': ['座位码是 6 位，请再看看卡片。', 'The seat code has 6 characters. Look at the card once more.'],
  'door.unreachable': [
    '现在连不上服务器。请检查网络，或告诉老师，然后再试一次。',
    'The server cannot be reached now. Check the network or tell the teacher, then try again.',
  ],
  'door.strange': [
    '服务器没有正常回答。请告诉老师，稍后再试。',
    'The server did not answer as it should. Tell the teacher and try again later.',
  ],
  'door.incomplete': [
    '这一页没有完整打开，现在不能开始作答。请刷新后再试，或告诉老师。',
    'This page did not open completely, so it cannot begin. Reload it and try again, or tell the teacher.',
  ],
  'door.waiting': [
    '这台设备上有 {count} 份作答等待上交，联网后会自动交。',
    '{count} waiting to be handed in from this device; it goes by itself once there is a network.',
  ],
  'door.refused': [
    '这台设备上有 {count} 份作答没有被接收，请告诉老师。',
    '{count} on this device not accepted by the server. Please tell the teacher.',
  ],

  'confirm.title': ['这是你吗？', 'Is this you?'],
  'confirm.school': ['学校', 'School'],
  'confirm.class': ['班级', 'Class'],
  'confirm.seat': ['座位', 'Seat'],
  'confirm.name': ['名字', 'First name'],
  'confirm.number': ['{number} 号', 'No. {number}'],
  'confirm.again': ['你之前的作答还在，会从上次的地方继续。', 'Your earlier answers are still here. You go on where you were.'],
  'confirm.anew': [
    '你上次作答是在半天以前，这次请从头再答一遍。之前收到的回答仍会保留。',
    'You began more than half a day ago. Please answer again from the first question. What was received then is kept.',
  ],
  'confirm.yes': ['是我', 'Yes, this is me'],
  'confirm.no': ['不是我', 'No, not me'],

  'introduction.title': ['开始之前', 'Before you begin'],
  'introduction.what': [
    '这是一份关于心情和感受的问卷：{count} 道题，大约 {minutes} 分钟。',
    'These are questions about how you have been feeling: {count} questions, about {minutes} minutes.',
  ],
  'introduction.right': [
    '这不是考试，没有对错。按自己的真实情况选就好。',
    'This is no test, and no answer is right or wrong. Choose what is true for you.',
  ],
  'introduction.free': ['不想答的题可以跳过，想停下来随时可以停。', 'You may skip any question, and you may stop at any time.'],
  'introduction.teachers': ['班主任、任课老师和同学看不到你的回答。', 'Your class teachers and classmates do not see your answers.'],
  'introduction.counsellor': [
    '学校的心理老师会看结果；如果觉得你可能需要帮助，会来找你聊聊。',
    'The psychological counsellor of your school looks at the results, and may come to talk with you if it seems that you could use some help.',
  ],
  'introduction.kept': [
    '每答一题都会自动保存；有网络时，也会送到学校的服务器。',
    "Each answer is saved as you give it, and with a network it goes to the school's server.",
  ],
  'introduction.begin': ['开始', 'Begin'],

  'introduction.decline': ['我不想参加', 'I do not want to take part'],

  'part.of': ['第 {number} 部分，共 {total} 部分', 'Part {number} of {total}'],
  'part.count': ['这一部分有 {count} 道题。', 'This part has {count} questions.'],
  'part.countMost': ['这一部分最多有 {count} 道题。', 'This part has up to {count} questions.'],
  'part.go': ['开始这一部分', 'Start this part'],

  'question.of': ['第 {number} 题，共 {total} 题', 'Question {number} of {total}'],
  'question.back': ['上一步', 'Back'],
  'question.next': ['下一题', 'Next question'],
  'question.skip': ['跳过这题', 'Skip this question'],
  'question.skipped': ['这题之前跳过了，现在可以回答。', 'You skipped this one. You can answer it now.'],
  'question.stop': ['我想停下来', 'I want to stop'],
  'question.keys': ['也可以按数字键选择', 'You can also press a number key'],

  'page.of': ['第 {from}–{number} 题，共 {total} 题', 'Questions {from} to {number} of {total}'],
  'page.open': ['还没有答：第 {numbers} 题', 'Not answered yet: {numbers}'],
  'page.and': ['、', ', '],
  'page.skip': ['跳过没答的 {count} 题', 'Skip the {count} not answered'],
  'page.next': ['下一页', 'Next page'],

  'read.start': ['朗读', 'Read aloud'],
  'read.stop': ['停止朗读', 'Stop reading'],

  'stop.title': ['要停下来吗？', 'Do you want to stop?'],
  'stop.body': [
    '可以的。已经答的题会交上去，没答的题就空着。停下来以后不能再接着答。',
    'That is all right. What you have answered is handed in, the rest stays empty. You cannot go on afterwards.',
  ],
  'stop.yes': ['停下来', 'Stop here'],
  'stop.no': ['继续作答', 'Go on answering'],

  'decline.title': ['不参加吗？', 'Not take part?'],
  'decline.body': [
    '可以的，不参加不会有任何影响。没有内容会被交上去。',
    'That is all right, and nothing follows from it. Nothing is handed in.',
  ],
  'decline.yes': ['不参加', 'Do not take part'],
  'decline.no': ['回去', 'Go back'],

  'end.title': ['题目答完了', 'That was the last question'],
  'end.all': ['所有的题你都看过了。交上以后就不能再改。', 'You have been through all of them. After handing in, nothing can be changed.'],
  'end.skipped': [
    '你跳过了 {count} 道题。可以回去看看，也可以就这样交上。交上以后就不能再改。',
    'You skipped {count}. You may look at them again, or hand in as it is. After handing in, nothing can be changed.',
  ],
  'end.revisit': ['回到跳过的题', 'Go back to the skipped questions'],
  'end.handIn': ['交上我的回答', 'Hand in my answers'],

  'sent.sending': ['正在交你的回答…', 'Handing in your answers…'],
  'sent.received': ['你的回答已经交上', 'Your answers have been handed in'],
  'sent.receipt': ['回执 {id} · {time}', 'Receipt {id} · {time}'],
  'sent.unreachable': ['已保存在这台设备上，联网后会自动交', 'Saved on this device. It is handed in by itself once there is a network'],
  'sent.busy': ['已保存在这台设备上，服务器正忙，稍后会自动再交', 'Saved on this device. The server is busy; it is tried again by itself'],
  'sent.full': [
    '已保存在这台设备上。服务器存储已满，请告诉老师；之后会自动再交',
    'Saved on this device. The disk of the server is full, please tell the teacher; it is tried again by itself',
  ],
  'sent.memory': [
    '还没有交上，这台设备也不能保存。请不要关闭这一页，并告诉老师',
    'Not handed in yet, and this device cannot keep it. Do not close this page, and tell the teacher',
  ],
  'sent.refused': ['服务器没有接收：{detail}', 'The server did not accept it: {detail}'],
  'sent.tellTeacher': ['请告诉老师。你的回答还保存在这台设备上。', 'Please tell the teacher. Your answers are still kept on this device.'],
  'sent.again': ['重新输入座位码', 'Type the seat code again'],

  'talk.ask': ['我想找人聊聊', 'I would like to talk to someone'],
  'talk.sending': ['正在告诉心理老师…', 'Telling the counsellor…'],
  'talk.waiting': [
    '已经记下，联网后会自动告诉心理老师。现在就想聊，请直接找身边的老师。',
    'Noted. The counsellor is told once there is a network. To talk now, turn to a teacher near you.',
  ],
  'talk.received': ['心理老师已经收到，会来找你。', 'The counsellor has been told and will come to see you.'],
  'talk.refused': ['没有送到。请直接告诉身边的老师。', 'This did not get through. Please tell a teacher near you.'],

  'help.thanks': ['谢谢你', 'Thank you'],
  'help.title': ['需要帮助的时候', 'When you need help'],
  'help.everyone': [
    '每位同学都会看到这一页。心里难受、害怕、睡不好，或者只是想找个人说说话，都可以用下面的方式。',
    'Everyone sees this page. If you feel low, afraid or sleepless, or would simply like to talk to somebody, any of these is open to you.',
  ],
  'help.school': ['学校里', 'At school'],
  'help.schoolAny': [
    '找心理老师，或任何一位你信任的老师、家人。',
    'The psychological counsellor, or any teacher or relative whom you trust.',
  ],
  'help.12356': ['全国统一心理援助热线，每天至少 18 小时有人接听', 'National psychological support line, staffed at least 18 hours a day'],
  'help.12355': ['青少年服务热线', 'Youth service line'],
  'help.emergency': ['有人受伤或有危险，马上打', 'If somebody is hurt or in danger, call at once'],
  'help.110': ['报警', 'police'],
  'help.120': ['急救', 'ambulance'],
  'help.return': ['回到刚才的地方', 'Back to where I was'],
  'help.done': ['完成，换下一位同学', 'Done, next pupil'],
  'help.doneHint': ['点这里，这台设备上就不再显示你的任何内容。', 'After this, nothing of yours is shown on this device.'],
} as const satisfies Readonly<Record<string, readonly [chinese: string, english: string]>>

export type PupilKey = keyof typeof pupilWords
