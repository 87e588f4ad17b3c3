// What is written of each pupil of a plan, and whom the audit names for it. Pure.
import type { NewParticipant } from '../queries.ts'
import { birthMonth } from '../rules.ts'
import type { Registered } from './compare.ts'
import type { Deeds } from './deeds.ts'
import type { Target } from './drafts.ts'
import type { NewClass } from './places.ts'
import type { RosterRow } from './rows.ts'

type Classes = ReadonlyMap<string, string>
type Described = Omit<NewParticipant, 'participantId' | 'personId'> & { readonly classId: string }
export type Enrolment = Described & NewParticipant & { readonly schoolId: string; readonly transferredFrom: string | null }
export type Correction = Described & { readonly participantId: string }

export const classKey = ({ schoolId, gradeId, name }: NewClass) => `${gradeId ?? schoolId}|${name}`

/** The classes that do not exist yet, each once. */
export const madeBy = ({ enrolled, corrected }: Deeds): readonly NewClass[] => {
  const made = [...enrolled, ...corrected].flatMap(({ target }) => target.made ?? [])
  return [...new Map(made.map((own) => [classKey(own), own])).values()]
}

const classOf = (target: Target, classes: Classes): string => {
  const id = target.classId ?? (target.made && classes.get(classKey(target.made)))
  if (!id) throw new Error('a pupil of a plan has no class')
  return id
}

/** What the row says, and what was known where it says nothing. */
const described = (row: RosterRow, target: Target, of: Registered | null, classes: Classes): Described => {
  const birthDate = row.birthDate ?? of?.birthDate
  const sex = row.sex ?? of?.sex
  if (!birthDate || !sex) throw new Error('a pupil of a plan has no birth date or no sex')
  return {
    classId: classOf(target, classes),
    name: row.name,
    studentNumber: row.studentNumber ?? of?.studentNumber ?? null,
    birthDate,
    birthMonth: birthMonth(birthDate),
    sex,
    leftBehind: row.leftBehind ?? of?.leftBehind ?? null,
  }
}

export const enrolmentOf = ({ row, target, from }: Deeds['enrolled'][number], classes: Classes, ids: () => string): Enrolment => ({
  participantId: ids(),
  personId: ids(),
  schoolId: target.schoolId,
  transferredFrom: from?.participantId ?? null,
  ...described(row, target, from, classes),
})

export const correctionOf = ({ row, target, of }: Deeds['corrected'][number], classes: Classes): Correction => ({
  participantId: of.participantId,
  ...described(row, target, of, classes),
})

export type OfSchool = { readonly schoolId: string; readonly participantIds: readonly string[] }
export const bySchool = (pupils: readonly { readonly participantId: string; readonly schoolId: string }[]): readonly OfSchool[] =>
  [...Map.groupBy(pupils, ({ schoolId }) => schoolId)].map(([schoolId, own]) => ({
    schoolId,
    participantIds: own.map(({ participantId }) => participantId),
  }))

/** Lists as JSON in UTF-8: what belongs to the pseudonym, and what to the name. */
export type Written = { readonly pseudonyms: Uint8Array; readonly people: Uint8Array }
const ofPseudonym = ['participantId', 'schoolId', 'classId', 'sex', 'birthMonth', 'leftBehind', 'transferredFrom']
const ofPerson = ['personId', 'schoolId', 'participantId', 'name', 'studentNumber', 'birthDate']

const utf8 = new TextEncoder()
export const asJson = (list: readonly object[], fields?: string[]) => utf8.encode(JSON.stringify(list, fields))
export const written = (pupils: readonly (Enrolment | Correction)[]): Written => ({
  pseudonyms: asJson(pupils, ofPseudonym),
  people: asJson(pupils, ofPerson),
})
