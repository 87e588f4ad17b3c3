// How the parts of a notice are headed wherever it is read: by a guardian, on paper, and by who writes it. In the order of the server's list.
import type { paths } from '../api/schema.d.ts'

export type NoticeTexts = paths['/api/v1/notices']['post']['requestBody']['content']['application/json']['texts']
export type NoticeText = NoticeTexts['zh-CN']
export type NoticeField = keyof NoticeText['fields']

export const noticeHeads = {
  controller: ['谁负责', 'Who is responsible'],
  responsible: ['儿童个人信息保护负责人', 'Who looks after children’s information'],
  what: ['收集哪些信息', 'What is collected'],
  why: ['用来做什么', 'What it is for'],
  how: ['怎样处理', 'How it is processed'],
  necessity: ['为什么需要，对孩子有什么影响', 'Why it is needed, and what it means for your child'],
  where: ['保存在哪里', 'Where it is kept'],
  retention: ['保存多久，到期后怎样处理', 'How long it is kept, and what happens then'],
  security: ['怎样保护', 'How it is protected'],
  seenBy: ['谁可以看到', 'Who may see it'],
  sharedWith: ['提供给谁', 'Who else receives it'],
  refusal: ['可以不同意，以及不同意的结果', 'You may refuse, and what follows'],
  withdrawal: ['怎样撤回', 'How to withdraw'],
  correction: ['怎样查阅、复制、更正、删除', 'How to see, copy, correct and erase it'],
  complaint: ['向谁投诉', 'Where to complain'],
  rights: ['监护人和孩子的权利', 'The rights of guardian and child'],
} as const satisfies Readonly<Record<NoticeField, readonly [chinese: string, english: string]>>

export const noticeFields = Object.keys(noticeHeads) as readonly NoticeField[]
