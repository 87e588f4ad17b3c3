// What a school year's turn does with every class and every pupil. Pure; nothing here is done yet.
import { Problem } from '../../problem.ts'
import { named, standingOf } from './grades.ts'

export type OldClass = { readonly id: string; readonly name: string; readonly gradeName: string | null }
export type Pupil = { readonly participantId: string; readonly classId: string }

export const becomings = ['promoted', 'graduates'] as const
type Decided = {
  readonly classId: string
  readonly becomes: (typeof becomings)[number]
  readonly name?: string | undefined
  readonly gradeName?: string | undefined
}
export const doings = ['repeats', 'moves', 'transfers', 'leaves'] as const
export type Exception = {
  readonly participantId: string
  readonly does: (typeof doings)[number]
  /** moves, repeats: the class of the old year with whose pupils she goes on; transfers: a class of another school. */
  readonly classId?: string | undefined
}
export type Wishes = { readonly lastGrade: number; readonly classes: readonly Decided[]; readonly pupils: readonly Exception[] }

export type NewClass = { readonly key: string; readonly name: string; readonly gradeName: string | null }
type Fate = {
  readonly classId: string
  readonly grade: number | null
  readonly becomes: (typeof becomings)[number]
  /** The new class, of one that is promoted. */
  readonly key: string | null
  /** Its name does not say what becomes of it: somebody has to. */
  readonly unsure: boolean
}
export type Deed = 'promoted' | 'graduated' | 'repeated' | 'moved' | 'transferred' | 'left'
export type Place = {
  readonly participantId: string
  readonly from: string
  readonly deed: Deed
  /** The new class of this school. */
  readonly key: string | null
  /** The class of another school. */
  readonly classId: string | null
}
export type Turn = { readonly fates: readonly Fate[]; readonly made: readonly NewClass[]; readonly places: readonly Place[] }

const keyOf = (gradeName: string | null, name: string) => JSON.stringify([gradeName, name])
const newClass = (gradeName: string | null, name: string): NewClass => ({ key: keyOf(gradeName, name), name, gradeName })

/** What the names alone say of a class a year later. */
const nextOf = ({ name, gradeName }: OldClass): { readonly next: NewClass; readonly said: boolean } => {
  const { cohort } = standingOf(name, gradeName)
  const grade = gradeName === null ? null : named(gradeName)
  const own = named(name)
  const said = !cohort && (gradeName === null ? own !== null : grade !== null)
  return { next: newClass(grade ?? gradeName, own ?? name), said }
}

const fateOf = (old: OldClass, lastGrade: number, decided: Decided | undefined): Fate & { readonly next: NewClass | null } => {
  const { grade } = standingOf(old.name, old.gradeName)
  const { next, said } = nextOf(old)
  const ends = grade !== null && grade >= lastGrade
  const becomes = decided?.becomes ?? (ends ? 'graduates' : 'promoted')
  const wished = decided?.name === undefined ? next : newClass(decided.gradeName ?? next.gradeName, decided.name)
  return {
    classId: old.id,
    grade,
    becomes,
    key: becomes === 'graduates' ? null : wished.key,
    unsure: decided === undefined && !ends && !said,
    next: becomes === 'graduates' ? null : wished,
  }
}

const requireOnce = (ids: readonly string[]) => {
  if (new Set(ids).size < ids.length) throw new Problem('year.said-twice')
}

const requireKnown = (classes: readonly OldClass[], pupils: readonly Pupil[], wishes: Wishes) => {
  const known = new Set([...classes.map(({ id }) => id), ...pupils.map(({ participantId }) => participantId)])
  const named = [...wishes.classes.map(({ classId }) => classId), ...wishes.pupils.map(({ participantId }) => participantId)]
  requireOnce(named)
  if (named.some((id) => !known.has(id))) throw new Problem('year.unknown-named')
}

/**
 * Every pupil of the school in exactly one place: with her class, in another, in another school, graduated or gone. `elsewhere` are the
 * classes of other schools to which somebody may go.
 */
export const turnOf = (
  classes: readonly OldClass[],
  pupils: readonly Pupil[],
  wishes: Wishes,
  elsewhere: ReadonlySet<string> = new Set(),
): Turn => {
  requireKnown(classes, pupils, wishes)
  const decided = new Map(wishes.classes.map((own) => [own.classId, own]))
  const exceptions = new Map(wishes.pupils.map((own) => [own.participantId, own]))
  const old = new Map(classes.map((own) => [own.id, own]))
  const fates = classes.map((own) => fateOf(own, wishes.lastGrade, decided.get(own.id)))
  const fateBy = new Map(fates.map((fate) => [fate.classId, fate]))
  const made = new Map<string, NewClass>()
  for (const { next } of fates) {
    if (next && made.has(next.key)) throw new Problem('year.name-twice', { name: next.name })
    if (next) made.set(next.key, next)
  }
  const goingWith = (classId: string | undefined): string => {
    const key = fateBy.get(classId ?? '')?.key
    if (!key) throw new Problem('year.class-not-going-on')
    return key
  }
  const again = (classId: string): string => {
    const { name, gradeName } = old.get(classId)!
    const same = newClass(gradeName, name)
    made.set(same.key, made.get(same.key) ?? same)
    return same.key
  }
  const placeOf = ({ participantId, classId: from }: Pupil): Place => {
    const at = (deed: Deed, key: string | null, classId: string | null = null): Place => ({ participantId, from, deed, key, classId })
    const wish = exceptions.get(participantId)
    if (!wish) {
      const { key } = fateBy.get(from)!
      return key === null ? at('graduated', null) : at('promoted', key)
    }
    if (wish.does === 'leaves') return at('left', null)
    if (wish.does === 'moves') return at('moved', goingWith(wish.classId))
    if (wish.does === 'repeats') return at('repeated', wish.classId === undefined ? again(from) : goingWith(wish.classId))
    if (wish.classId === undefined || !elsewhere.has(wish.classId)) throw new Problem('year.not-another-school')
    return at('transferred', null, wish.classId)
  }
  const places = pupils.map(placeOf)
  return { fates: fates.map(({ next: _, ...fate }) => fate), made: [...made.values()], places }
}
