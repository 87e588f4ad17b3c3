// SAF-12: what is answered so far goes to the server while the pupil answers, at once when an answer is one that a person looks at. Nothing of
// this is seen on the page, and the device keeps nothing of it but the answers themselves.
import type { OpenSheet } from './keep/record.ts'
import { type Outline, outlineOf } from './outline.ts'
import type { Sheet } from './sheet.ts'

const soon = 3000 // milliseconds from an answer to its way
const between = 20_000 // milliseconds from one sending to the next

/** Which answers a person looks at, as a mark that changes when they do; empty where there is none. */
export const riskIn = ({ questions, forms }: Outline, { given }: Sheet): string =>
  questions
    .map(({ form, item }, place) => {
      const answer = given[place]
      const risks = forms[form]?.risks ?? [] // a sheet that was begun before there were any
      return typeof answer === 'number' && risks.some((risk) => risk.item === item && answer >= risk.from && answer <= risk.to)
        ? `${item}=${answer} `
        : ''
    })
    .join('')

export const speaksOfRisk = ({ seated, sheet }: OpenSheet): boolean => riskIn(outlineOf(seated.battery), sheet) !== ''

type World = {
  readonly tell: (open: OpenSheet) => void
  readonly clock: () => number
  readonly after: (milliseconds: number, act: () => void) => number
  readonly cancel: (timer: number) => void
}

export const openTeller = ({ tell, clock, after, cancel }: World) => {
  let pending: OpenSheet | null = null
  let timer = 0
  let toldAt = -between
  const now = () => {
    const open = pending
    pending = null
    cancel(timer)
    if (!open) return
    toldAt = clock()
    tell(open)
  }
  return {
    changed: (open: OpenSheet, atOnce: boolean) => {
      const waits = pending !== null
      pending = open
      if (waits && !atOnce) return
      cancel(timer)
      timer = after(atOnce ? 0 : Math.max(soon, toldAt + between - clock()), now)
    },
    /** The pupil leaves: what waits goes now. */
    now,
    /** The sheet itself goes instead. */
    drop: () => {
      pending = null
    },
  }
}
