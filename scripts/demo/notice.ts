// What the guardians of the demonstration are told: a short text for every field, which says that nothing of it is real.
import type { Client } from './client.ts'

const fields = {
  controller: ['演示县（虚构）的演示学校', 'a demonstration school of a county that does not exist'],
  responsible: ['演示负责人（虚构）', 'a person who does not exist'],
  what: ['虚构学生的姓名、班级和模拟作答', 'names, classes and simulated answers of pupils who do not exist'],
  why: ['只用来演示本软件', 'to show this program, and for nothing else'],
  how: ['由程序按固定的种子生成和作答', 'made and answered by the program from a fixed seed'],
  necessity: ['没有任何真实的孩子', 'no real child is in it'],
  where: ['运行演示的这台电脑', 'the computer on which the demonstration runs'],
  retention: ['演示停止后，删除演示的数据文件夹即可', 'until the demonstration’s data folder is deleted'],
  security: ['和正式使用时一样：分开保存、两步登录、查看有记录', 'as in earnest: kept apart, two-step sign-in, looks recorded'],
  seenBy: ['运行演示的人', 'whoever runs the demonstration'],
  sharedWith: ['不提供给任何人', 'nobody'],
  refusal: ['可以不同意，没有任何影响', 'refusing is free and changes nothing'],
  withdrawal: ['可以随时撤回', 'at any time'],
  correction: ['可以查阅、更正和删除', 'it can be seen, corrected and erased'],
  complaint: ['演示里没有投诉对象；正式使用时由学校写明', 'nobody here; in earnest the school says who'],
  rights: ['监护人和孩子都可以决定', 'guardian and child both decide'],
} as const

const text = (title: string, place: 0 | 1) => ({
  title,
  fields: Object.fromEntries(Object.entries(fields).map(([field, words]) => [field, words[place]])),
})

const titles = {
  screening: ['演示用告知书：筛查（虚构）', 'Demonstration notice: screening (made up)'],
  research: ['演示用告知书：研究（虚构）', 'Demonstration notice: research (made up)'],
} as const
type Purpose = keyof typeof titles

/** A notice for all schools, published; the consents of the demonstration answer it. */
export const publishNotice = async (administrator: Client, purpose: Purpose): Promise<string> => {
  const [chinese, english] = titles[purpose]
  const texts = { 'zh-CN': text(chinese, 0), en: text(english, 1) }
  const { noticeId } = await administrator.post<{ noticeId: string }>('/notices', { schoolId: null, purpose, party: null, texts })
  await administrator.post(`/notices/${noticeId}/publish`, { renews: false })
  return noticeId
}

/** All these guardians agree on paper. */
export const consent = (administrator: Client, classId: string, purpose: Purpose, noticeId: string, participantIds: readonly string[]) =>
  administrator.post(`/classes/${classId}/consents`, {
    purpose,
    givenBy: 'guardian',
    decision: 'given',
    notice: { noticeId },
    evidence: { form: 'paper', place: '演示（虚构）' },
    relationship: 'parent',
    participantIds,
  })
