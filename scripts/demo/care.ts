// The counsellor's morning: the three most urgent flags are looked at, each decided by a person with a reason.
import type { Client } from './client.ts'

type Queued = { readonly caseId: string; readonly flags: { readonly open: number; readonly total: number } }
type Flag = {
  readonly flagId: string
  readonly urgency: string
  readonly reason: Readonly<Record<string, string>>
  readonly review: unknown
}

const decisions = [
  { decision: 'confirmed', reason: '演示：已与学生单独面谈，情况需要跟进，已安排第二次面谈。' },
  { decision: 'confirmed', reason: '演示：已与学生面谈并联系监护人，列入随访名单。' },
  { decision: 'dismissed', reason: '演示：面谈后了解到学生误读了题目，已当面澄清，继续留意。' },
] as const

export type Worked = { readonly urgency: string; readonly why: Readonly<Record<string, string>>; readonly decision: string }

const casesIn = async (counsellor: Client, state: 'open' | 'reviewed') =>
  (await counsellor.get<{ cases: readonly Queued[] }>(`/cases?state=${state}`)).cases

/** Every flag that the server holds, open or reviewed. */
export const countFlags = async (counsellor: Client): Promise<{ readonly flags: number; readonly pupils: number }> => {
  const cases = [...(await casesIn(counsellor, 'open')), ...(await casesIn(counsellor, 'reviewed'))]
  return { flags: cases.reduce((sum, one) => sum + one.flags.total, 0), pupils: cases.length }
}

export const workFlags = async (counsellor: Client): Promise<readonly Worked[]> => {
  const worked: Worked[] = []
  const queue = await casesIn(counsellor, 'open')
  // cases of a single flag first, so that a newcomer finds finished ones among the reviewed
  const single = queue.filter(({ flags }) => flags.open === 1)
  for (const { caseId } of [...single, ...queue.filter((one) => !single.includes(one))]) {
    const { flags } = await counsellor.get<{ flags: readonly Flag[] }>(`/cases/${caseId}`)
    for (const flag of flags.filter((one) => one.review === null)) {
      const next = decisions[worked.length]
      if (!next) return worked
      await counsellor.post(`/flags/${flag.flagId}/review`, next)
      worked.push({ urgency: flag.urgency, why: flag.reason, decision: next.decision })
    }
  }
  return worked
}
