// Every way in which a caller can be wrong: one table. A route throws `new Problem(code, parameters)`, the wire turns it into
// application/problem+json (RFC 9457) in the caller's language.

const table = {
  'request.invalid': [400, '请求内容不符合要求：{where}：{what}', 'the request does not fit its schema: {where}: {what}'],
  'request.not-json': [400, '请求内容不是有效的 JSON：{what}', 'the request body is not valid JSON: {what}'],
  'request.wrong-type': [415, '请求的内容类型不被接受，应为 application/json', 'the content type is not accepted, use application/json'],
  'request.too-large': [413, '请求内容超过 {limit} 字节', 'the request body is larger than {limit} bytes'],
  'request.foreign-origin': [403, '请求来自其他网站，已拒绝', 'the request came from another site and was refused'],
  'request.too-many': [429, '尝试次数过多，请在 {seconds} 秒后再试', 'too many attempts, try again in {seconds} seconds'],
  'route.not-found': [404, '没有这个地址', 'there is no such address'],
  'account.sign-in-needed': [401, '请先登录', 'sign in first'],
  'account.sign-in-refused': [401, '用户名、密码或动态码不正确', 'the user name, password or one-time code is not right'],
  'account.role-missing': [403, '您的角色无权进行此操作，需要：{roles}', 'your role may not do this, it needs: {roles}'],
  'account.county-role-needed': [
    403,
    '此操作涉及所有学校，需要全县（区）的角色',
    'this concerns all schools, it needs a role for the whole county',
  ],
  'account.role-misplaced': [
    400,
    '“{role}”这个角色不能设在{kind}，可以设在：{kinds}',
    'the role {role} is not held for a {kind}, but for: {kinds}',
  ],
  'account.username-taken': [409, '用户名“{username}”已被使用', 'the user name "{username}" is taken'],
  'account.password-weak': [
    400,
    '密码至少 12 个字符，且不能与用户名相同',
    'a password has at least 12 characters and differs from the user name',
  ],
  'account.county-needed': [400, '首次设置需要填写县（区）名称', 'the first set-up needs the name of the county'],
  'account.totp-wrong': [400, '动态码不正确，请检查设备时间后重试', 'the one-time code is not right, check the device clock and try again'],
  'account.not-found': [404, '没有这个账号', 'there is no such account'],
  'account.not-oneself': [
    409,
    '不能停用或重置自己的账号，请另一位管理员来做',
    'nobody disables or resets the own account: ask another administrator',
  ],
  'account.last-counsellor': [
    409,
    '停用后有 {count} 所学校（{schools}）没有心理老师：那里的预警无人复核，含风险题的场次也不能开始',
    'without this account {count} schools have no counsellor ({schools}): nobody reviews their flags, and no session with risk items can be opened there',
  ],
  'account.last-counsellor-on-duty': [
    409,
    '停用后有 {count} 所学校（{schools}）没有心理老师：那里的预警无人复核，含风险题的场次也不能开始。此人还排了值班：{days}',
    'without this account {count} schools have no counsellor ({schools}): nobody reviews their flags, and no session with risk items can be opened there. The person is also on duty: {days}',
  ],
  'account.on-duty': [
    409,
    '此人排了值班：{days}。停用后这些日子的预警少一人负责，含风险题的场次也不能开始；请在值班表上换人',
    'the person is on duty: {days}. Without this account nobody stands for these days, and no session with risk items can be opened on them: name another person in the rota',
  ],
  'account.disabled': [409, '账号已停用，请先恢复', 'the account is disabled: enable it first'],
  'account.demo-only': [403, '只有演示服务器可以签发免密登录链接', 'only a demonstration server issues sign-in links'],
  'invitation.not-valid': [404, '链接无效、已使用或已过期', 'the link is not valid, was used, or has expired'],
  'unit.not-found': [404, '没有这个单位，或您无权查看', 'there is no such unit, or it is not yours to see'],
  'unit.wrong-kind': [
    400,
    '{kind}不能设在{parentKind}之下，可以的上级：{kinds}',
    'a {kind} cannot stand below a {parentKind}, allowed above it: {kinds}',
  ],
  'unit.name-taken': [409, '同一上级单位下已有“{name}”', 'a unit named "{name}" already stands there'],
  'unit.code-wrong': [
    400,
    '代码“{code}”不对，应为 {digits} 位数字（县 6 位、乡镇 9 位、村 12 位、学校标识码 10 位）',
    'the code {code} is not right, {digits} digits are expected (county 6, township 9, village 12, school 10)',
  ],
  'unit.code-province-unknown': [
    400,
    '代码“{code}”不对：没有以 {province} 开头的省、自治区或直辖市',
    'the code {code} is not right: no province begins with {province}',
  ],
  'unit.code-not-a-county': [
    400,
    '代码“{code}”是省或市（州）的代码，这里要填县（区）的六位代码',
    'the code {code} is that of a province or a city: give the six digits of the county',
  ],
  'unit.code-taken': [409, '代码“{code}”已经是“{name}”的', 'the code {code} is that of {name} already'],
  'unit.code-outside': [
    400,
    '代码“{code}”应以上级“{name}”的代码 {parentCode} 开头',
    'the code {code} has to begin with {parentCode}, the code of {name} above it',
  ],
  'unit.code-below': [
    409,
    '下级“{name}”的代码 {childCode} 不以“{code}”开头，请先改下级的代码',
    'the code {childCode} of {name} below does not begin with {code}: correct that first',
  ],
  'unit.prefecture-misplaced': [400, '只有县（区）填写所属的市（州）', 'only a county names the city or prefecture above it'],
  'unit.retired': [409, '“{name}”是往年的班级，只保留记录', 'the class {name} is of an earlier school year and keeps its records only'],
  'unit.not-a-class': [400, '该单位不是班级', 'that unit is not a class'],
  'participant.student-number-taken': [
    409,
    '名单第 {row} 行的学号在本校或名单中已存在',
    'the student number in row {row} of the list already exists in this school or this list',
  ],
  'participant.not-found': [
    404,
    '没有这名学生，或您无权查看：{participantId}',
    'there is no such participant, or it is not yours to see: {participantId}',
  ],
  'participant.birth-date-impossible': [
    400,
    '名单第 {row} 行的出生日期不可能：学生应为 5 至 25 岁',
    'the birth date in row {row} of the list cannot be: a pupil is 5 to 25 years old',
  ],
  'roster.file-damaged': [
    400,
    '文件已损坏或不完整。请在表格软件里打开原文件，另存为 .xlsx，再试一次',
    'the file is damaged or incomplete: open the original in your spreadsheet program, save it as .xlsx and try again',
  ],
  'roster.file-old': [
    400,
    '这是旧版 .xls 文件。请在表格软件里打开，另存为 .xlsx，再选择新文件',
    'this is an old .xls file: open it in your spreadsheet program, save it as .xlsx and choose the new file',
  ],
  'roster.file-encrypted': [
    400,
    '这个文件有密码保护。请去掉密码，另存为 .xlsx，再试一次',
    'the file is protected by a password: remove the password, save it as .xlsx and try again',
  ],
  'roster.file-unknown': [
    400,
    '这不是 .xlsx、.csv 或 .tsv 表格。请在表格软件里打开，另存为 .xlsx，再试一次',
    'this is no .xlsx, .csv or .tsv table: open it in your spreadsheet program, save it as .xlsx and try again',
  ],
  'roster.file-unsafe': [
    400,
    '文件里有表格软件不会写的内容，没有读取。请把名单复制到一个新表格，另存为 .xlsx，再试一次',
    'the file holds what no spreadsheet program writes and was not read: copy the list into a new spreadsheet, save it as .xlsx and try again',
  ],
  'roster.file-heavy': [
    413,
    '文件太大，或展开后太大，没有读取。请只留下名单一张表，另存为 .xlsx；仍然太大时按学校分成几个文件',
    'the file is too large, or unpacks to too much, and was not read: keep only the sheet with the list, save it as .xlsx, or split it by school',
  ],
  'roster.rows-many': [
    413,
    '文件超过 {rows} 行，没有读取。请按学校分成几个文件',
    'the file has more than {rows} rows and was not read: split it by school',
  ],
  'roster.encoding-unknown': [
    400,
    '文字编码无法识别，文件里的字会变成乱码。请换一种编码，或在表格软件里另存为 .xlsx',
    'the text encoding is not known and names would come out wrong: choose another encoding, or save the file as .xlsx',
  ],
  'roster.quote-open': [
    400,
    '文本文件里有一个引号没有配对，读不出各列。请在表格软件里打开，另存为 .xlsx，再试一次',
    'a quotation mark in the text file is never closed, so its columns cannot be told: open it in your spreadsheet program and save it as .xlsx',
  ],
  'roster.busy': [503, '正在读取其他名单，请在几秒后再试', 'other rosters are being read, try again in a few seconds'],
  'roster.unit-wrong': [
    400,
    '名单只能导入到县（区）、乡镇、学校或班级',
    'a roster is taken over for a county, a township, a school or a class',
  ],
  'roster.sheet-unknown': [400, '文件里没有所选的工作表，请重新选择文件', 'the file has no such sheet, choose the file again'],
  'roster.changed-since': [
    409,
    '预演之后名册或文件有变化，什么都没有写入。请重新预演',
    'the register or the file has changed since the dry run and nothing was written: make a new dry run',
  ],
  'roster.undecided': [
    409,
    '还有 {count} 名疑似同一人的学生没有决定，什么都没有写入',
    '{count} pupils who may be the same are undecided and nothing was written',
  ],
  'roster.rows-invalid': [
    409,
    '有 {count} 行不能导入，什么都没有写入。请改正文件，或选择跳过这些行',
    '{count} rows cannot be taken and nothing was written: correct the file, or choose to leave these rows out',
  ],
  'roster.decision-wrong': [400, '第 {row} 行不能这样决定，可选：{allowed}', 'row {row} cannot be decided so, allowed: {allowed}'],
  'roster.leaver-unknown': [
    400,
    '所选的离校学生不在“文件中没有的学生”之中',
    'a pupil who was chosen as having left is not among those whom the file lacks',
  ],
  'roster.too-many-suspected': [
    409,
    '疑似同一人的学生有 {count} 名，超过一次能决定的 {most} 名。请按学校分开导入',
    '{count} pupils may be the same, more than the {most} that can be decided at once: import school by school',
  ],
  'notice.not-found': [404, '没有这份告知书，或您无权查看', 'there is no such notice, or it is not yours to see'],
  'notice.not-published': [409, '这里没有这样一份已发布的告知书', 'no such notice is published here'],
  'notice.published-already': [
    409,
    '告知书已发布，不能再改；请写新的版本',
    'the notice is published and cannot change, write a new version',
  ],
  'notice.incomplete': [409, '告知书还缺：{what}', 'the notice still lacks: {what}'],
  'notice.party-wrong': [400, '“提供给第三方”要写明接收方，其他用途不写', 'sharing names who receives it, other purposes name nobody'],
  'consent.pupil-not-found': [404, '没有这名学生，或您无权查看', 'there is no such pupil, or she is not yours to see'],
  'consent.notice-needed': [
    409,
    '这个用途已有发布的告知书，请选择学生或监护人答复的是哪一版',
    'a notice is published for this purpose, say which of its versions was answered',
  ],
  'consent.caregiver-is-no-guardian': [
    409,
    '受委托照护人不是监护人，不能代为同意或拒绝。请联系监护人，可以用远程链接',
    'an entrusted caregiver is not the guardian and cannot decide: reach the guardian, a link can help',
  ],
  'consent.ground-needed': [
    400,
    '请写明答复人与学生的关系，以及凭什么登记（纸质或口头）',
    'say how the person is related to the pupil, and what shows the decision: paper or spoken',
  ],
  'consent.paper-needed': [
    409,
    '监护人的同意要有签字的纸质告知书或远程答复；口头只能登记不同意和撤回',
    'a consent needs the signed paper or an answer by link; only refusing and withdrawing may be spoken',
  ],
  'link.not-found': [404, '没有这个链接，或您无权查看', 'there is no such link, or it is not yours to see'],
  'link.not-valid': [
    404,
    '这个链接无效、已过期或已停用，请联系学校重新发送',
    'this link is not valid, has expired or was ended: ask the school for a new one',
  ],
  'link.code-wrong': [401, '确认码不正确，请再核对一次', 'the code is not right, check it once more'],
  'link.blocked': [
    429,
    '确认码输错次数过多，这个链接已停用，请联系学校重新发送',
    'too many wrong codes, this link has ended: ask the school for a new one',
  ],
  'link.asks-else': [409, '告知书刚刚更新过，请刷新后再看一遍', 'the notice has changed meanwhile, read it again before answering'],
  'year.not-a-school': [400, '学年升级按学校进行，请选择一所学校', 'a school year turns school by school: choose a school'],
  'year.no-class': [409, '本校还没有班级，没有可以升级的', 'this school has no classes, nothing can go on'],
  'year.label-wrong': [
    400,
    '“{label}”不是学年，请写成 2026-2027 这样相连的两年',
    '{label} is no school year: write two years that follow each other, such as 2026-2027',
  ],
  'year.turned-already': [
    409,
    '本校已经升级到 {label} 学年，不能再升级一次。要重做，请先撤回',
    'this school has turned to {label} already, it cannot turn again: take that back first',
  ],
  'year.not-confirmed': [400, '请输入新学年 {label} 以确认', 'type the new school year, {label}, to confirm'],
  'year.class-undecided': [
    409,
    '{count} 个班的名称看不出年级，请逐班选择升级还是毕业，再确认',
    'the names of {count} classes do not say their grade: choose for each whether it goes on or graduates, then confirm',
  ],
  'year.changed-since': [
    409,
    '预览之后名册有变化，什么都没有做。请重新预览',
    'the roster has changed since the preview and nothing was done: look at the preview again',
  ],
  'year.session-open': [
    409,
    '“{name}”的测评还没有结束，请先结束测评再升级',
    'a session of {name} is still open: end it before the school year turns',
  ],
  'year.known-there': [
    409,
    '{count} 名转学学生的学号在目标学校已有登记。请给他们选“离校”，再由目标学校导入名册',
    '{count} pupils have a student number that the other school knows already: choose that they leave, and let that school take over its roster',
  ],
  'year.not-the-latest': [409, '只能撤回最近一次、而且还没有撤回的学年升级', 'only the latest school year that stands can be taken back'],
  'year.session-planned': [
    409,
    '新学年已经安排过测评，不能再撤回升级。个别学生可以用名册导入更正',
    'a session was planned in the new year, so it cannot be taken back: correct single pupils by a roster',
  ],
  'year.pupils-changed': [
    409,
    '升级之后班级或名册已有变动，不能再撤回。个别学生可以用名册导入更正',
    'classes or pupils have changed since, so the year cannot be taken back: correct single pupils by a roster',
  ],
  'year.other-school-needed': [
    403,
    '这次升级有学生转到您不管理的学校，请全县（区）管理员撤回',
    'pupils were transferred to a school that you do not administer: an administrator of the county takes it back',
  ],
  'year.said-twice': [400, '同一个班级或学生写了两次', 'a class or a pupil is named twice'],
  'year.unknown-named': [
    400,
    '写到的班级或学生不在本校（名册可能刚刚变动），请重新预览',
    'a class or a pupil is not of this school, the roster may have changed: look at the preview again',
  ],
  'year.name-twice': [
    409,
    '升级后会有两个班都叫“{name}”，请改其中一个的新名称',
    'two classes would be called {name}: give one of them another name',
  ],
  'year.class-not-going-on': [400, '所选班级不升级，学生不能随它升级或编入', 'the chosen class does not go on, nobody can go on with it'],
  'year.not-another-school': [
    400,
    '转学要选本县（区）另一所学校的班级，而且您要管理那所学校；其他情况请选“离校”',
    'a transfer names a class of another school of the county that you administer; otherwise choose that she leaves',
  ],
  'instrument.not-found': [404, '量表库中没有 {id} {version}', 'the library has no {id} {version}'],
  'instrument.permission-needed': [
    403,
    '量表 {id} 需要登记使用许可后才能施测',
    'instrument {id} needs a recorded permission before it is shown',
  ],
  'study.not-found': [404, '没有这个研究', 'there is no such study'],
  'study.id-taken': [409, '研究编号“{id}”已存在', 'a study with the id "{id}" exists'],
  'study.named-twice': [400, '研究方案有误：{where} 里“{name}”出现了两次', 'the protocol is not right: {where}: {name} stands twice'],
  'study.control-unclear': [
    400,
    '研究方案有误：arms 里对照组应当恰好一个，现有 {count} 个',
    'the protocol is not right: arms: exactly one arm is the control, there are {count}',
  ],
  'study.outcome-wave-unknown': [
    400,
    '研究方案有误：主要结局里的“{wave}”不是方案中的轮次，可选：{allowed}',
    'the protocol is not right: primary: {wave} is not a wave ({allowed})',
  ],
  'study.wave-against-itself': [
    400,
    '研究方案有误：主要结局把轮次“{wave}”与它自己比较',
    'the protocol is not right: primary: {wave} is compared with itself',
  ],
  'study.scale-not-asked': [
    400,
    '研究方案有误：轮次“{wave}”的量表里没有分量表“{scale}”',
    'the protocol is not right: {scale} is in no instrument of wave {wave}',
  ],
  'study.instrument-twice': [
    400,
    '研究方案有误：轮次“{wave}”里有量表出现了两次',
    'the protocol is not right: waves.{wave}: an instrument stands twice',
  ],
  'study.language-missing': [
    400,
    '研究方案有误：量表 {instrument} 没有 {language} 的文本',
    'the protocol is not right: languages: {instrument} has no text in {language}',
  ],
  'study.no-arms': [409, '这是一个筛查，没有组别，不用分组', 'this is a screening: it has no arms and nothing to allocate'],
  'study.already-allocated': [409, '该研究已完成分组，不能再改', 'the study has been allocated and cannot change'],
  'study.too-few-schools': [
    409,
    '学校数 {schools} 少于组数 {arms}，不能分组',
    '{schools} schools are fewer than {arms} arms, no allocation is possible',
  ],
  'study.not-allocated': [409, '该研究尚未分组', 'the study has not been allocated'],
  'study.school-not-in': [409, '该班级所在学校未加入研究', 'the school of this class is not in the study'],
  'study.wave-unknown': [400, '研究方案中没有轮次“{wave}”，可选：{allowed}', 'the protocol has no wave "{wave}", it has: {allowed}'],
  'session.not-found': [404, '没有这个测评场次，或您无权查看', 'there is no such session, or it is not yours to see'],
  'session.exists': [409, '该班级在这一轮次已有测评场次', 'this class already has a session in this wave'],
  'session.no-seats': [
    409,
    '这个班现在没有可以安排席位的学生，请与管理员核对名册',
    'no pupil of this class can be given a seat now, ask the administrator to look at the roster',
  ],
  'session.ages-wrong': [
    409,
    '{pupils} 名学生不在{instrument}的适用年龄（{ages} 岁）',
    '{pupils} pupils are outside the ages of {instrument} ({ages} years)',
  ],
  'session.proctor-wrong': [
    400,
    '所选的人不是本校在用的主试或管理员账号，不能主持这场测评',
    'the person chosen has no active account as a proctor or administrator of this school',
  ],
  'session.no-owner': [
    409,
    '{day} 没有在岗的预警负责人，含风险题目的测评不能开始。请管理员或校长在“值班表”里安排',
    'nobody is on duty as owner on {day}, so a session with risk items cannot be opened: an administrator or the principal sets the duty rota',
  ],
  'session.no-deputy': [
    409,
    '{day} 没有在岗的代班人，含风险题目的测评不能开始。请管理员或校长在“值班表”里安排',
    'nobody is on duty as deputy on {day}, so a session with risk items cannot be opened: an administrator or the principal sets the duty rota',
  ],
  'session.channel-unproven': [
    409,
    '{who}最近 {days} 天没有确认过试呼，含风险题目的测评不能开始。请发出试呼，等对方点“收到”',
    '{who} confirmed no trial alert in the last {days} days, so a session with risk items cannot be opened: send one and wait for the answer',
  ],
  'session.capacity-exceeded': [
    409,
    '本校这一天预计 {expected} 人次预警，可见 {perDay} 人。请确认后再开始',
    '{expected} flags are expected in this school that day and {perDay} pupils can be seen: confirm it before opening',
  ],
  'session.asked-recently': [
    409,
    '{pupils} 名学生在 {days} 天内答过同一份量表。请确认后再开始',
    '{pupils} pupils answered the same instrument within {days} days: confirm it before opening',
  ],
  'duty.days-wrong': [
    400,
    '值班的结束日期不能早于开始日期，一次最多安排 {most} 天',
    'the last day of a duty is not before its first, and at most {most} days are set at once',
  ],
  'duty.person-wrong': [
    409,
    '负责人和代班人要是本校两位不同的、账号在用的心理老师',
    'owner and deputy are two different counsellors of this school with active accounts',
  ],
  'duty.nobody': [
    409,
    '{day} 没有人值班，没有可试呼的人。请先安排值班表',
    'nobody is on duty on {day}, so there is nobody to call: set the duty rota first',
  ],
  'session.wrong-state': [409, '场次现为“{state}”，不能执行此操作', 'the session is {state}, this cannot be done now'],
  'session.codes-not-possible': [409, '场次已结束，不能再发放座位码', 'the session has ended, no codes can be issued'],
  'session.seat-not-found': [404, '本场次没有这个席位', 'this session has no such seat'],
  'session.code-wrong': [401, '场次号或座位码不正确，请再核对一次', 'the session number or seat code is not right, check it once more'],
  'session.birth-day-needed': [
    401,
    '请再输入你的生日：月和日，例如 0509',
    'now type your birthday, month and day: 0509 is the ninth of May',
  ],
  'session.student-number-needed': [401, '请再输入你学号的最后四位', 'now type the last four characters of your student number'],
  'session.second-factor-wrong': [
    401,
    '和名册上的不一样，请再看看卡片是不是你的，或告诉老师',
    'this is not what the roster says: look whether the card is yours, or tell the teacher',
  ],
  'session.not-open': [409, '测评尚未开始或已经结束，请告诉老师', 'the session has not been opened or has ended, tell the teacher'],
  'session.too-many-wrong-codes': [
    429,
    '本场次输错座位码次数过多，请老师重新发放座位码',
    'too many wrong codes in this session, the teacher has to issue new ones',
  ],
  'session.second-factor-spent': [
    429,
    '这个座位输错次数过多，请老师换一张座位卡',
    'this seat was answered for wrongly too often, ask the teacher for another card',
  ],
  'session.page-old': [
    409,
    '这个页面比服务器旧。请刷新页面，再进入一次；已经答的题都在',
    'this page is older than the server: reload it and sign in again; what was answered is kept',
  ],
  'session.seat-unknown': [401, '座位登录已失效，请重新输入座位码', 'the seat is no longer signed in, type the code again'],
  'session.seat-withdrawn': [409, '这个座位现在不能作答，请告诉老师', 'this seat cannot answer now, tell the teacher'],
  'session.went-on-elsewhere': [
    410,
    '这份作答已在另一台设备上继续，请在那里答完、提交',
    'this sheet goes on at another device: finish it and hand it in there',
  ],
  'session.already-submitted': [409, '这个座位已经提交过，不会重复记录', 'this seat has already submitted, nothing is recorded twice'],
  'submission.key-missing': [
    400,
    '缺少 Idempotency-Key：16 至 64 个字母、数字、- 或 _',
    'the Idempotency-Key header is missing: 16 to 64 letters, digits, - or _',
  ],
  'submission.key-reused': [409, '同一个提交编号下的内容不同', 'the same idempotency key came with another body'],
  'submission.erased': [410, '这份作答已按要求删除', 'this sheet was erased on request'],
  'submission.seal-broken': [
    400,
    '封存的作答打不开，可能不是封给本场次的',
    'the sealed sheet cannot be opened: it is damaged or was sealed for another session',
  ],
  'submission.answers-wrong': [400, '作答有误：{what}', 'the answers are not right: {what}'],
  'submission.instruments-wrong': [
    400,
    '提交的量表与本场次不符，应为：{allowed}',
    'the sheets do not match the battery of the session: {allowed}',
  ],
  'paper.not-yet': [409, '测评还没有开始，不能录入纸质问卷', 'the session has not been opened yet, no paper sheet can be entered'],
  'paper.day-impossible': [
    400,
    '作答日期不能早于建立场次，也不能晚于今天',
    'the day of answering is neither before the session was made nor after today',
  ],
  'paper.incomplete': [
    400,
    '有题目没有录入：{what}。空着的题目也要录为“空白”',
    'some questions were not entered: {what}; an empty box is entered as empty',
  ],
  'paper.same-person': [
    409,
    '这份问卷的第一遍是您录入的，第二遍要由另一个人录入',
    'you entered this sheet the first time, somebody else enters it the second time',
  ],
  'paper.entered-twice': [409, '这份问卷已经录入两遍', 'this sheet was entered twice already'],
  'paper.nothing-to-compare': [
    409,
    '这份问卷还没有录入两遍，没有可对照的内容',
    'this sheet was not entered twice yet, there is nothing to compare',
  ],
  'paper.not-third': [
    409,
    '您录入过这份问卷，不能作为第三人决定；请查看纸质原件',
    'you entered this sheet, so you are no third person; look at the paper instead',
  ],
  'paper.decisions-wrong': [400, '每处不同都要选一个答案，而且只选一次', 'each difference needs one answer, and one only'],
  'paper.decided-already': [409, '这份问卷的不同之处已经决定', 'the differences of this sheet are decided already'],
  'paper.nobody-to-print': [
    409,
    '这些席位都已提交、不参加或今天不能作答，没有要打印的',
    'all of these seats have handed in, do not take part or may not be asked today: there is nothing to print',
  ],
  'paper.no-form': [409, '{id} 没有可打印的纸质问卷：{what}', '{id} has no printable form: {what}'],
  'case.not-found': [404, '没有这个个案，或您无权查看', 'there is no such case, or it is not yours to see'],
  'flag.not-found': [404, '没有这条预警，或您无权查看', 'there is no such flag, or it is not yours to see'],
  'flag.already-reviewed': [409, '这条预警已由{by}复核', 'this flag was already reviewed by {by}'],
  'export.not-found': [404, '没有这个数据集', 'there is no such dataset'],
  'export.consent-withdrawn': [
    409,
    '此数据集生成之后有人撤回或拒绝了研究或筛查的同意，不再提供；请重新导出',
    'consent to research or to screening was withdrawn after this dataset was made, it is not given out any more; export again',
  ],
  'export.nothing': [
    409,
    '没有可导出的数据：需要已提交的作答和研究同意',
    'there is nothing to export: submissions with research consent are needed',
  ],
  'report.not-found': [404, '没有这份报告', 'there is no such report'],
  'report.needs-arms': [
    409,
    '这是一个筛查，没有组别可以比较，不能生成效果报告。可以下载数据集做描述性分析',
    'this is a screening: it has no arms to compare and no report of effects; its dataset can be described',
  ],
  'report.impossible': [409, '数据不足以生成报告：{what}', 'the data cannot carry a report: {what}'],
  'kit.not-found': [404, '没有这个离线包，或您无权查看', 'there is no such kit, or it is not yours to see'],
  'kit.not-a-kit': [400, '这不是离线包文件，请重新选择', 'this is no kit and no day: choose the file again'],
  'kit.is-a-day': [
    400,
    '这是带回的当日数据，不是离线包。请在县（区）服务器上接收',
    'this is a day that goes home, not a kit: take it to the county server',
  ],
  'kit.is-a-kit': [
    400,
    '这是离线包，不是带回的当日数据。请在学校电脑上装入',
    'this is a kit, not a day that came home: it belongs on the laptop',
  ],
  'kit.passphrase-wrong': [
    400,
    '口令不正确，什么都没有写入。请再核对一次',
    'the passphrase is not right and nothing was written: check it once more',
  ],
  'kit.for-another-county': [
    400,
    '这个文件不是给本县（区）服务器的，这里打不开，什么都没有写入',
    'this file is for the server of another county: it cannot be opened here and nothing was written',
  ],
  'kit.file-damaged': [
    400,
    '文件不完整或被改动过，什么都没有写入。请从学校电脑再取一次',
    'the file was cut short or changed and nothing was written: fetch it from the laptop once more',
  ],
  'kit.flag-not-taken': [
    409,
    '这个文件里有 {count} 条预警无法交到本县老师手里，所以什么都没有写入。请马上告诉这所学校的心理老师，并联系系统管理员',
    '{count} flags in this file would reach nobody here, so nothing was written: tell the counsellor of this school at once, and ask for help with the file',
  ],
  'kit.newer-program': [
    409,
    '这个文件由更新版本的童行写成。请先在这台电脑上更新童行，再试一次',
    'the file was written by a newer Tongxing: update Tongxing on this computer first, then try again',
  ],
  'kit.nobody-to-sign-in': [
    409,
    '本校没有在用的账号，装好离线包后谁也登录不了。请先为本校建立账号',
    'nobody with an active account has a role in this school, so nobody could sign in on the laptop: create an account for the school first',
  ],
  'kit.house-in-use': [
    409,
    '这个数据文件夹里已经有别的数据，什么都没有写入。请另选一个空文件夹',
    'this data folder holds other data already and nothing was written: name an empty one',
  ],
  'kit.expired': [
    409,
    '这个离线包已于 {until} 过期。请在县（区）服务器上重新制作',
    'this kit was valid until {until}: make a new one on the county server',
  ],
  'kit.upload-not-found': [404, '没有这次上传，请重新选择文件', 'there is no such upload: choose the file again'],
  'kit.piece-damaged': [400, '这一段在路上损坏了，请再传一次', 'this piece was damaged on its way: send it again'],
  'kit.upload-unfinished': [409, '上传还没有完成：{received} / {size} 字节', 'the upload is not finished: {received} of {size} bytes'],
  'kit.conflict-not-found': [404, '没有这处冲突，或您无权查看', 'there is no such conflict, or it is not yours to see'],
  'kit.both-are-kept': [
    409,
    '这类记录两份都保留，不能用一份替换另一份',
    'of such a record both are kept, one cannot take the place of the other',
  ],
  'kit.conflict-decided': [409, '这处冲突已经决定', 'this conflict is decided already'],
  'database.unavailable': [
    503,
    '数据库暂时不可用，请稍后再试；作答保留在设备上',
    'the database is not available now, try again; answers stay on the device',
  ],
  'database.full': [507, '服务器磁盘已满，请联系管理员；作答保留在设备上', 'the disk of the server is full; answers stay on the device'],
  internal: [500, '系统内部错误，已记录', 'an internal error, it was recorded'],
} as const satisfies Record<string, readonly [status: number, zh: string, en: string]>

export type ProblemCode = keyof typeof table
export type ProblemLanguage = 'zh-CN' | 'en'
type Parameters = Readonly<Record<string, string | number>>

/** Words of ours that stand in a sentence as a parameter; in English they are their own names. */
const words: Readonly<Record<string, string>> = {
  administrator: '管理员',
  principal: '校长',
  counsellor: '心理老师',
  proctor: '主试',
  researcher: '研究人员',
  county: '县（区）',
  township: '乡镇',
  village: '村',
  school: '学校',
  grade: '年级',
  class: '班级',
  planned: '未开始',
  open: '进行中',
  closed: '已结束',
}
const inWords: readonly string[] = ['role', 'roles', 'kind', 'kinds', 'parentKind', 'state']
const chinese = (list: string) =>
  list
    .split(', ')
    .map((word) => words[word] ?? word)
    .join('、')

/** The parameters as a reader of this language has them. */
const inLanguage = (parameters: Parameters, language: ProblemLanguage): Parameters =>
  language === 'en'
    ? parameters
    : Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, inWords.includes(name) ? chinese(String(value)) : value]))

const fill = (sentence: string, parameters: Parameters) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))

export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly parameters: Parameters
  readonly retryAfter: number | undefined
  constructor(code: ProblemCode, parameters: Parameters = {}, retryAfter?: number) {
    super(fill(table[code][2], parameters))
    this.code = code
    this.status = table[code][0]
    this.parameters = parameters
    this.retryAfter = retryAfter
  }

  body(language: ProblemLanguage) {
    const [status, zh, en] = table[this.code]
    return {
      type: `urn:tongxing:problem:${this.code}`,
      code: this.code,
      status,
      detail: fill(language === 'zh-CN' ? zh : en, inLanguage(this.parameters, language)),
      parameters: this.parameters,
    }
  }
}

/** For the test of the table. */
export const problemTable = Object.entries(table).map(([code, [status, zh, en]]) => ({ code: code as ProblemCode, status, zh, en }))
