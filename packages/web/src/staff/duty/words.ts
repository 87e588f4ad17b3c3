import type { Words } from '../words.ts'

export const dutyWords = {
  'duty.title': ['值班表', 'Duty'],
  'duty.lead': [
    '含风险题目的测评，要有负责人和代班人在岗，而且两人都在 {days} 天内确认过试呼，才能开始。',
    'A session with risk items opens only while an owner and a deputy are on duty and both confirmed a trial alert within {days} days.',
  ],
  'duty.school': ['学校', 'School'],
  'duty.noSchool': ['还没有学校。请先在“单位”里添加。', 'There is no school yet. Add one under Units first.'],
  'duty.today': ['今天', 'Today'],
  'duty.owner': ['负责人', 'Owner'],
  'duty.deputy': ['代班人', 'Deputy'],
  'duty.nobody': ['没有人', 'Nobody'],
  'duty.proven': ['已确认试呼，{until} 以前有效', 'Trial alert confirmed, good until {until}'],
  'duty.waiting': ['试呼已发出（{at}），还没有点“收到”', 'Trial alert sent ({at}), not confirmed yet'],
  'duty.unproven': ['{days} 天内没有确认过试呼', 'No trial alert confirmed within {days} days'],
  'duty.call': ['发出试呼', 'Send a trial alert'],
  'duty.callHint': [
    '对方打开童行的任何一页，顶上都会出现试呼，点“收到”即可。对方没有开着页面时，请打电话或当面告诉他。',
    'It appears at the top of every page that they have open; one press confirms it. If no page is open there, ring or go and tell them.',
  ],
  'duty.called': ['试呼已发出。', 'The trial alert was sent.'],
  'duty.days': ['今后两周', 'The next two weeks'],
  'duty.day': ['日期', 'Day'],
  'duty.set': ['安排值班', 'Set the rota'],
  'duty.setHint': [
    '从哪天到哪天，由谁负责、谁代班。同一天安排了两次的，以后一次为准。',
    'From which day to which, who answers and who stands in. Of two entries for one day the later counts.',
  ],
  'duty.from': ['从', 'From'],
  'duty.to': ['到', 'To'],
  'duty.choose': ['请选择', 'Choose'],
  'duty.save': ['保存安排', 'Save'],
  'duty.saved': ['已保存。', 'Saved.'],
  'duty.fewCounsellors': [
    '本校在用的心理老师账号不足两个，不能安排。请管理员先建立账号；全县（区）的心理老师也可以代班。',
    'This school has fewer than two counsellors with active accounts. An administrator creates them first; a counsellor of the whole county may stand in.',
  ],
  'duty.capacity': ['每天能见多少学生', 'Pupils that can be seen in a day'],
  'duty.perDay': ['每天人数', 'Pupils a day'],
  'duty.capacityDefault': [
    '这是默认值，学校还没有填写。开始测评前，会和预计的预警数对照。',
    'This is a default; the school has stated nothing. It is compared with the flags to expect before a session opens.',
  ],
  'duty.capacityStated': [
    '学校填写的人数。开始测评前，会和预计的预警数对照。',
    'Stated by the school. It is compared with the flags to expect before a session opens.',
  ],
  'trial.title': ['试呼：请点“收到”', 'Trial alert: please confirm'],
  'trial.line': ['{school}：{by} 在 {at} 发出', '{school}: sent by {by}, {at}'],
  'trial.why': ['这不是真的预警，只是确认您能收到。', 'This is no real flag; it only shows that a call reaches you.'],
  'trial.confirm': ['收到', 'Received'],
} as const satisfies Words
