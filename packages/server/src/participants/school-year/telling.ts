// A plan and a history as the wire has them.
import type { z } from 'zod'
import type { YearPlan } from './plan.ts'
import type { historyOf, Year } from './queries.ts'
import type { Deed, Place } from './rules.ts'
import type { plan as planShape, state, stay } from './shapes.ts'

const deeds: readonly Deed[] = ['promoted', 'graduated', 'repeated', 'moved', 'transferred', 'left']
type Counts = z.infer<typeof planShape>['counts']

const countsOf = (places: readonly Place[]): Counts =>
  Object.fromEntries(deeds.map((deed) => [deed, places.filter((place) => place.deed === deed).length])) as Counts

export const tellPlan = (plan: YearPlan, label: string): z.infer<typeof planShape> => {
  const { turn, hash } = plan
  const made = new Map(turn.made.map((one) => [one.key, one]))
  return {
    planHash: hash,
    label,
    counts: countsOf(turn.places),
    classes: turn.fates.map(({ classId, grade, becomes, key, unsure }) => {
      const old = plan.classes.find(({ id }) => id === classId)!
      const places = turn.places.filter((place) => place.from === classId)
      const next = key === null ? null : (made.get(key) ?? null)
      return {
        classId,
        name: old.name,
        gradeName: old.gradeName,
        grade,
        becomes,
        newName: next?.name ?? null,
        newGradeName: next?.gradeName ?? null,
        unsure,
        pupils: places.length,
        counts: countsOf(places),
      }
    }),
    made: turn.made.map(({ key, name, gradeName }) => ({
      name,
      gradeName,
      pupils: turn.places.filter((place) => place.key === key).length,
    })),
    undecided: turn.fates.filter(({ unsure }) => unsure).length,
  }
}

type Told = z.infer<typeof state>['years'][number]
/** Newest first, as they come: only the newest that stands may be taken back. */
export const tellYears = (years: readonly Year[]): Told[] => {
  const latest = years.find(({ undoneAt }) => undoneAt === null)
  return years.map(({ id, label, madeAt, undoneAt, counts }) => ({
    id,
    label,
    madeAt: madeAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
    counts: counts as Counts, // written by turn.ts
    mayUndo: id === latest?.id,
  }))
}

type Stay = Awaited<ReturnType<typeof historyOf>>[number]
export const tellStay = ({ participantId: _, ...own }: Stay): z.infer<typeof stay> => ({
  ...own,
  from: own.from.toISOString(),
  to: own.to?.toISOString() ?? null,
})
