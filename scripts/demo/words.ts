// What the demonstration says in the terminal, Chinese and English side by side.
import { speaking, tongueOf } from '../../packages/server/src/terminal.ts'

const words = {
  title: ['童行 · 演示：学校、学生和作答全部是虚构的', 'Tongxing · demonstration: every school, pupil and answer is made up'],
  folder: ['本次演示的文件夹', 'its own folder'],
  enrolled: [
    '{schools} 所学校，{pupils} 名学生，已登记同意；学校分到 {arms} 组',
    '{schools} schools, {pupils} pupils enrolled with consent, schools allocated to {arms} arms',
  ],
  happened: ['用 {seconds} 秒做完了这些', 'What happened, in {seconds} s'],
  county: [
    '县（区）：{schools} 所学校，{classes} 个班，{pupils} 名学生，两轮 PHQ-9、GAD-7、RSES、K6',
    'county: {schools} schools, {classes} classes, {pupils} pupils, two waves of PHQ-9, GAD-7, RSES and K6 in zh-CN',
  ],
  care: [
    '关怀：{pupils} 名学生共 {flags} 条预警；心理老师复核了三条',
    'care: {flags} flags for {pupils} pupils; three worked by the counsellor',
  ],
  worked: ['{decision}：{zh}', '{urgency}, {decided}: {en}'],
  evidence: [
    '证据：数据集 {hash}…，{rows} 行，{participants} 名参与者，没有姓名',
    'evidence: dataset {hash}…, {rows} rows, {participants} participants, no name in it',
  ],
  effect: [
    '效果：PHQ-9 总分 {estimate} 分，95% 区间 {lower} 至 {upper}（混合模型，Kenward-Roger，自由度 {df}，p = {p}；负数表示干预组症状较少）',
    'effect: {estimate} points on the PHQ-9 total, 95% interval {lower} to {upper} (mixed model, Kenward-Roger, {df} df, p = {p}; negative: fewer symptoms in the programme)',
  ],
  noEffect: ['效果：无法估计，见报告', 'effect: could not be estimated, see the report'],
  truth: [
    '真值：{points} 分，由模拟程序设定（潜在困扰的 {latent} 个标准差）',
    'truth: {points} points, what the simulator put in ({latent} standard deviations of latent distress)',
  ],
  sheets: ['{stored} 份作答已确认收到，数据集里有 {rows} 份', '{stored} sheets acknowledged, {rows} in the dataset'],
  flags: [
    '发出 {raised} 条预警，由数据集和编码本重新算出 {again} 条',
    '{raised} flags raised, {again} computed again from the dataset and its codebook',
  ],
  reviewed: ['心理老师复核了 {count} 条预警', '{count} flags reviewed by the counsellor'],
  covers: ['区间包含真值', 'the interval covers the true effect'],
  coversNot: ['区间不包含真值', 'the interval does not cover the true effect'],
  files: ['写出的文件（模拟数据）', 'Files written (simulated data)'],
  running: ['服务器正在运行', 'The server is running'],
  links: ['一次性登录链接（每条只能用一次）', 'One-time sign-in links (each works once)'],
  cards: [
    '又一个班（七年级9班）进行中场次的座位卡，可以扮作学生',
    'Seat cards of an open session in one more class (七年级9班); be a pupil',
  ],
  stop: ['按 Ctrl-C 停止；数据留在上面的文件夹里，直到您删除', 'Ctrl-C stops it; its data stay in the folder above until you delete it'],
  elsewhere: ['数据库在这里，删除时请一并删除', 'its database is here; delete it too'],
  cleared: ['演示的数据库在别处，已经删除', 'its database was elsewhere and has been removed'],
  failed: ['演示中止', 'The demonstration stopped'],
} as const

export const told = speaking(words, tongueOf(process.env))
