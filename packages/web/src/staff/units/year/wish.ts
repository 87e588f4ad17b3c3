// What an administrator decides about a school year, kept as the server takes it. Pure.
import type { YearPlan, YearWish } from '../../wire.ts'

type Class = YearWish['classes'][number]
type Pupil = YearWish['pupils'][number]
export type Does = Pupil['does']

const without = <T>(items: readonly T[], drop: (item: T) => boolean): T[] => items.filter((item) => !drop(item))

export const deciding = (wish: YearWish, row: YearPlan['classes'][number], becomes: Class['becomes'], name = ''): YearWish => {
  const others = without(wish.classes, ({ classId }) => classId === row.classId)
  const named = becomes === 'promoted' && name.trim() !== '' ? { name: name.trim() } : {}
  return { ...wish, classes: [...others, { classId: row.classId, becomes, ...named }] }
}

export const setting = (wish: YearWish, participantId: string, does: Does | null, classId = ''): YearWish => {
  const others = without(wish.pupils, (pupil) => pupil.participantId === participantId)
  if (does === null) return { ...wish, pupils: others }
  return { ...wish, pupils: [...others, { participantId, does, ...(classId !== '' && { classId }) }] }
}

/** A move or a transfer without its class is not told to the server yet. */
export const complete = (wish: YearWish): YearWish => ({
  ...wish,
  pupils: wish.pupils.filter(({ does, classId }) => (does !== 'moves' && does !== 'transfers') || classId !== undefined),
})

/** What stands in the choice of a class: nothing, where nobody decided and its name does not say. */
export const becomesOf = ({ classId, unsure, becomes }: YearPlan['classes'][number], wish: YearWish): Class['becomes'] | '' =>
  wish.classes.some((own) => own.classId === classId) || !unsure ? becomes : ''

export const exceptionsOf = ({ counts, becomes, pupils }: YearPlan['classes'][number]): number =>
  pupils - (becomes === 'graduates' ? counts.graduated : counts.promoted)
