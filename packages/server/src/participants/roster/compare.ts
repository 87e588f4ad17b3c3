// The dry run: what a file would do to the register, row by row. Pure; nothing here is done yet.
import { type Draft, draftsOf, type EntryFault, faultOf, nameKey, numberKey, type Target, whoKey } from './drafts.ts'
import type { Placed } from './places.ts'
import type { RosterRow } from './rows.ts'

export type Registered = {
  readonly participantId: string
  readonly schoolId: string
  readonly classId: string
  readonly name: string
  readonly studentNumber: string | null
  readonly birthDate: string
  readonly sex: 'female' | 'male'
  readonly leftBehind: boolean | null
  /** She left the school; her history stays. */
  readonly left: boolean
}
export const changeFields = ['name', 'studentNumber', 'sex', 'birthDate', 'leftBehind', 'class', 'returned'] as const
type ChangeField = (typeof changeFields)[number]
export const suspicions = ['name-differs', 'number-differs', 'class-differs', 'number-taken', 'other-school'] as const
type Suspicion = (typeof suspicions)[number]
export const decisions = ['same', 'other', 'leave-out'] as const
export type Decision = (typeof decisions)[number]

type Sure =
  | { readonly kind: 'new'; readonly target: Target }
  | { readonly kind: 'unchanged'; readonly of: Registered }
  | { readonly kind: 'changed'; readonly of: Registered; readonly target: Target; readonly changes: readonly ChangeField[] }
export type Outcome =
  | Sure
  | {
      readonly kind: 'suspected'
      readonly of: Registered
      readonly target: Target
      readonly why: Suspicion
      readonly changes: readonly ChangeField[]
      readonly may: readonly Decision[]
    }
  | { readonly kind: 'invalid'; readonly faults: readonly EntryFault[] }
export type Entry = { readonly row: RosterRow; readonly outcome: Outcome }
export type Comparison = { readonly entries: readonly Entry[]; readonly missing: readonly Registered[] }

/** One character more, less or other, as when a character that the software lacked was replaced; of two that differ a name is another's. */
export const nearlyNamed = (one: string, other: string): boolean => {
  const [left, right] = [[...nameKey(one)], [...nameKey(other)]]
  if (Math.min(left.length, right.length) < 2 || Math.abs(left.length - right.length) > 1) return false
  if (left.length === right.length) return left.filter((character, place) => character !== right[place]).length === 1
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return long.some((_, gap) => long.filter((_, place) => place !== gap).join('') === short.join(''))
}

const conflict = (one: string | null, other: string | null) => one !== null && other !== null && numberKey(one) !== numberKey(other)

/** What the row would change. An empty cell never empties what is known. */
const changesOf = (row: RosterRow, of: Registered, target: Target): ChangeField[] => {
  const changes: ChangeField[] = []
  if (row.name !== of.name) changes.push('name')
  if (row.studentNumber !== null && row.studentNumber !== of.studentNumber) changes.push('studentNumber')
  if (row.sex !== null && row.sex !== of.sex) changes.push('sex')
  if (row.birthDate !== null && row.birthDate !== of.birthDate) changes.push('birthDate')
  if (row.leftBehind !== null && row.leftBehind !== of.leftBehind) changes.push('leftBehind')
  if (target.classId !== of.classId) changes.push('class')
  if (of.left) changes.push('returned')
  return changes
}

const grouped = <T>(items: readonly T[], key: (item: T) => string | null): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const own = key(item)
    if (own === null) continue
    const group = groups.get(own)
    if (group) group.push(item)
    else groups.set(own, [item])
  }
  return groups
}

/** Whether a row may mean a pupil who left: one by her name or her number. Of the others who left nothing depends, and a county has more of them each year. */
export const meantBy = (rows: readonly RosterRow[]) => {
  const names = new Set(rows.map((row) => nameKey(row.name)))
  const numbers = new Set(rows.flatMap((row) => (row.studentNumber === null ? [] : [numberKey(row.studentNumber)])))
  return ({ name, studentNumber }: Registered) =>
    names.has(nameKey(name)) || (studentNumber !== null && numbers.has(numberKey(studentNumber)))
}

export type Comparing = {
  readonly rows: readonly RosterRow[]
  readonly place: (row: RosterRow) => Placed
  readonly createClasses: boolean
  /** Everybody of the schools that the file may change. */
  readonly register: readonly Registered[]
  /** Pupils of other schools whom the caller may see, by number or by name and birth date like one of the file. */
  readonly elsewhere: readonly Registered[]
  /** Whether the file is the roster of this pupil's unit, so that she is missing when it does not have her. */
  readonly covers: (pupil: Registered) => boolean
}

type Sound = Draft & { readonly target: Target }
type Matching = {
  readonly drafts: readonly Draft[]
  /** Pupils of the register that a row was found to mean. */
  readonly taken: Map<string, RosterRow>
  readonly outcomes: Map<Draft, Outcome>
}

/** Rows that are sound and whose pupil is not known yet. */
const open = ({ drafts, outcomes }: Matching): readonly Sound[] =>
  drafts.filter((draft): draft is Sound => draft.target !== null && draft.faults.length === 0 && !outcomes.has(draft))

const settle = ({ taken, outcomes }: Matching, draft: Draft, of: Registered, outcome: Outcome) => {
  const earlier = taken.get(of.participantId)
  outcomes.set(draft, earlier ? { kind: 'invalid', faults: [faultOf('name', 'twin', earlier)] } : outcome)
  if (!earlier) taken.set(of.participantId, draft.row)
}

const sure = (matching: Matching, draft: Sound, of: Registered) => {
  const changes = changesOf(draft.row, of, draft.target)
  settle(matching, draft, of, changes.length === 0 ? { kind: 'unchanged', of } : { kind: 'changed', of, target: draft.target, changes })
}

const suspect = (matching: Matching, draft: Sound, of: Registered, why: Suspicion) => {
  const complete = draft.row.sex !== null && draft.row.birthDate !== null // what a new pupil needs
  const same: readonly Decision[] = why === 'other-school' && !complete ? [] : ['same']
  // a number is one pupil's in a school, so that the row cannot be another's
  const taken =
    of.schoolId === draft.target.schoolId &&
    of.studentNumber !== null &&
    !conflict(of.studentNumber, draft.row.studentNumber) &&
    draft.row.studentNumber !== null
  const other: readonly Decision[] = taken || !complete ? [] : ['other']
  const changes = changesOf(draft.row, of, draft.target)
  settle(matching, draft, of, { kind: 'suspected', of, target: draft.target, why, changes, may: [...same, ...other, 'leave-out'] })
}

/** Whoever has the same number is the same pupil, unless her name says otherwise. */
const byNumber = (matching: Matching, register: readonly Registered[]) => {
  const numbers = new Map(
    register.flatMap((own) => (own.studentNumber === null ? [] : [[`${own.schoolId}|${numberKey(own.studentNumber)}`, own] as const])),
  )
  for (const draft of open(matching)) {
    const { row, target } = draft
    const of = row.studentNumber === null ? undefined : numbers.get(`${target.schoolId}|${numberKey(row.studentNumber)}`)
    if (!of) continue
    const renamed = row.birthDate === null || row.birthDate === of.birthDate || nearlyNamed(of.name, row.name)
    if (nameKey(of.name) === nameKey(row.name)) sure(matching, draft, of)
    else suspect(matching, draft, of, renamed ? 'name-differs' : 'number-taken')
  }
}

/** The same name and birth date: sure in the same class, else a question. */
const byPerson = (matching: Matching, register: readonly Registered[]) => {
  const people = grouped(register, (own) => `${own.schoolId}|${whoKey(own.name, own.birthDate)}`)
  for (const draft of open(matching)) {
    const { row, target } = draft
    const alike = row.birthDate === null ? [] : (people.get(`${target.schoolId}|${whoKey(row.name, row.birthDate)}`) ?? [])
    const free = alike.filter((own) => !matching.taken.has(own.participantId))
    const fitting = free.filter((own) => !conflict(own.studentNumber, row.studentNumber))
    const inClass = fitting.filter((own) => own.classId === target.classId)
    if (inClass.length === 1) sure(matching, draft, inClass[0]!)
    else if (fitting[0]) suspect(matching, draft, fitting[0], 'class-differs')
    else if (free[0]) suspect(matching, draft, free[0], 'number-differs')
  }
}

/** A date that more share than this, rows times pupils, was put in for want of another and tells nobody apart; each with each would take minutes. */
const mostPairs = 250_000

/** Another character in the name, the same birth date, and no other row that is her. */
const byNearName = (matching: Matching, register: readonly Registered[]) => {
  const bornThen = (schoolId: string, birthDate: string | null) => `${schoolId}|${birthDate}`
  const births = grouped(register, (own) => (own.left ? null : bornThen(own.schoolId, own.birthDate)))
  const drafts = open(matching)
  const sought = grouped(drafts, ({ row, target }) => bornThen(target.schoolId, row.birthDate))
  for (const draft of drafts) {
    const { row, target } = draft
    const born = bornThen(target.schoolId, row.birthDate)
    const alike = births.get(born) ?? []
    if (alike.length * sought.get(born)!.length > mostPairs) continue
    const near = alike.find(
      (own) => !matching.taken.has(own.participantId) && !conflict(own.studentNumber, row.studentNumber) && nearlyNamed(own.name, row.name),
    )
    if (near) suspect(matching, draft, near, 'name-differs')
  }
}

const byOtherSchool = (matching: Matching, elsewhere: readonly Registered[]) => {
  const numbers = grouped(elsewhere, (own) => (own.studentNumber === null ? null : `${nameKey(own.name)}|${numberKey(own.studentNumber)}`))
  const people = grouped(elsewhere, (own) => whoKey(own.name, own.birthDate))
  for (const draft of open(matching)) {
    const { row } = draft
    const sameNumber = row.studentNumber === null ? [] : (numbers.get(`${nameKey(row.name)}|${numberKey(row.studentNumber)}`) ?? [])
    const samePerson = row.birthDate === null ? [] : (people.get(whoKey(row.name, row.birthDate)) ?? [])
    const found = [...sameNumber, ...samePerson].find((own) => !matching.taken.has(own.participantId) && !own.left)
    if (found) suspect(matching, draft, found, 'other-school')
  }
}

const theRestIsNew = (matching: Matching) => {
  for (const draft of open(matching)) {
    const empty = (['sex', 'birthDate'] as const).filter((field) => draft.row[field] === null)
    const faults = empty.map((field): EntryFault => faultOf(field, 'empty'))
    matching.outcomes.set(draft, faults.length > 0 ? { kind: 'invalid', faults } : { kind: 'new', target: draft.target })
  }
}

/** Whom the file lacks. A pupil whose row is there but cannot be taken is not missing. */
const missingFrom = ({ drafts, taken }: Matching, { register, covers }: Comparing): readonly Registered[] => {
  const unread = drafts.filter((draft) => draft.faults.length > 0).map((draft) => draft.row)
  const numbers = new Set(unread.flatMap((row) => (row.studentNumber === null ? [] : [numberKey(row.studentNumber)])))
  const names = new Set(unread.map((row) => nameKey(row.name)))
  const isUnread = (own: Registered) =>
    (own.studentNumber !== null && numbers.has(numberKey(own.studentNumber))) || names.has(nameKey(own.name))
  return register.filter((own) => !own.left && covers(own) && !taken.has(own.participantId) && !isUnread(own))
}

/** The surest signs first, so that nobody is taken for another while her own row is still to come. */
export const compare = (comparing: Comparing): Comparison => {
  const { rows, place, createClasses, register, elsewhere } = comparing
  const matching: Matching = { drafts: draftsOf(rows, place, createClasses), taken: new Map(), outcomes: new Map() }
  byNumber(matching, register)
  byPerson(matching, register)
  byNearName(matching, register)
  byOtherSchool(matching, elsewhere)
  theRestIsNew(matching)
  const entries = matching.drafts.map(
    (draft): Entry => ({
      row: draft.row,
      outcome: matching.outcomes.get(draft) ?? { kind: 'invalid', faults: draft.faults },
    }),
  )
  return { entries, missing: missingFrom(matching, comparing) }
}
