/**
 * What a notice must say before a guardian decides. Each field is a duty of the law, named beside it:
 * PIPL = 个人信息保护法 (Personal Information Protection Law), CPO = 儿童个人信息网络保护规定 (Provisions on Children's Personal Information
 * Online), RMO = 未成年人网络保护条例 (Regulation on Protecting Minors Online). Not legal advice: the operator's counsel decides what stands in it.
 * A material change asks for consent again (PIPL 14, CPO 10), which `renews` says when a version is published.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '@tongxing/instruments'
import { z } from 'zod'

/** In the order in which they are read. */
export const noticeFields = [
  'controller', // who is responsible, and how to reach them: PIPL 17(1)
  'responsible', // the person in charge of children's information: CPO 8
  'what', // which information is collected: PIPL 17(2), CPO 10(1)
  'why', // for what: PIPL 17(2), CPO 10(1)
  'how', // in which way it is processed: PIPL 17(2), CPO 10(1)
  'necessity', // why it cannot do without, and what it means for the child: PIPL 30
  'where', // where it is kept: CPO 10(2)
  'retention', // how long, and what happens then: PIPL 17(2), CPO 10(2)
  'security', // how it is protected: CPO 10(3)
  'seenBy', // who may see it, and that each look is recorded: RMO 36
  'sharedWith', // who else receives it: PIPL 23, CPO 9
  'refusal', // refusing is free, and what follows from it: PIPL 16, CPO 10(4)
  'withdrawal', // how to withdraw: PIPL 15
  'correction', // how to see, copy, correct and erase it: PIPL 44 to 47, RMO 34, CPO 10(6)
  'complaint', // to whom one complains: PIPL 50, CPO 10(5)
  'rights', // what guardian and child may do, and that under 14 the guardian decides: PIPL 31
] as const
export type NoticeField = (typeof noticeFields)[number]

const said = z.string().trim().max(4000)
const fields = z.strictObject(Object.fromEntries(noticeFields.map((field) => [field, said])) as Record<NoticeField, typeof said>)
const noticeText = z.strictObject({ title: z.string().trim().max(120), fields })
export const noticeTexts = z.strictObject({ 'zh-CN': noticeText, en: noticeText.nullable() })
export type NoticeTexts = z.infer<typeof noticeTexts>

/** What a text still lacks, in the order in which it is read. */
export const lacking = (texts: NoticeTexts): readonly string[] =>
  Object.entries(texts).flatMap(([language, text]) => {
    if (text === null) return []
    const empty = noticeFields.filter((field) => text.fields[field] === '')
    return [...(text.title === '' ? ['title'] : []), ...empty].map((field) => `${language} ${field}`)
  })

type Published = { readonly purpose: string; readonly party: string | null; readonly version: number; readonly texts: NoticeTexts }

/** The proof of which text was answered: SHA-256 over its canonical JSON. */
export const noticeHash = ({ purpose, party, version, texts }: Published) =>
  createHash('sha256').update(canonicalJson({ purpose, party, version, texts })).digest('hex')
