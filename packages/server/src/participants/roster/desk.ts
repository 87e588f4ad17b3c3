// What the thread does with a file, question by question: reads it, compares it with the register that it is given, and hands over what is to be
// written some rows at a time. A county's rows, its register and its plan stand here alone and go when the thread ends.
import { createHash } from 'node:crypto'
import type { Unit } from '../../units/queries.ts'
import { type Comparison, compare, meantBy, type Registered } from './compare.ts'
import { type Choices, type Deeds, deedsOf } from './deeds.ts'
import { atOnce } from './limits.ts'
import { placing } from './places.ts'
import { readPupils, seeFile, type TextSetting } from './read-file.ts'
import { joined, type RegisterText } from './register.ts'
import type { RosterRow, SheetSetting } from './rows.ts'
import { countsOf, newClassesOf, shownOf } from './telling.ts'
import { asJson, bySchool, correctionOf, enrolmentOf, madeBy, type OfSchool, type Written, written } from './writing.ts'

export type Comparing = {
  readonly units: readonly Unit[]
  readonly target: Unit
  readonly schoolIds: readonly string[]
  readonly createClasses: boolean
  /** What makes it another plan besides what is compared. */
  readonly basis: readonly string[]
}

/** Piece by piece: the whole of a county's plan as one text would be the largest thing that is ever held. */
const planHash = ({ entries, missing }: Comparison, basis: readonly string[]) => {
  const hash = createHash('sha256').update(JSON.stringify(basis))
  for (const { row, outcome } of entries) hash.update(JSON.stringify([row.sheet, row.row, outcome]))
  for (const pupil of missing) hash.update(JSON.stringify(pupil))
  return hash.digest('hex')
}

/** What may be asked about one file, one question after another, in this order. */
export const deskOf = (ids: () => string) => {
  let file = Buffer.alloc(0)
  let text: TextSetting = {}
  let rows: readonly RosterRow[] = []
  let mayMean = meantBy(rows)
  let register: Registered[] = []
  let elsewhere: Registered[] = []
  let comparison: Comparison = { entries: [], missing: [] }
  let deeds: Deeds = { enrolled: [], corrected: [], left: [], unchanged: 0, leftOut: 0 }
  let classes: ReadonlyMap<string, string> = new Map()
  const created: { readonly participantId: string; readonly schoolId: string }[] = []

  return {
    open: (bytes: Uint8Array<ArrayBuffer>, told: TextSetting) => {
      file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      text = told
    },
    see: (headerRows: readonly (readonly [sheet: number, row: number])[]) => seeFile(file, text, new Map(headerRows)),
    read: async (settings: readonly SheetSetting[], today: Date): Promise<number> => {
      rows = await readPupils(file, text, settings, today)
      file = Buffer.alloc(0) // its rows are all that is needed of it
      mayMean = meantBy(rows)
      return rows.length
    },
    /** Rows whose pupils may be at other schools, as JSON; null after the last. */
    sought: (from: number): Uint8Array | null => {
      const some = rows.slice(from, from + atOnce).filter((row) => row.faults.length === 0)
      const asked = some.map(({ name, studentNumber, birthDate }) => ({ name, studentNumber, birthDate }))
      return from < rows.length ? asJson(asked) : null
    },
    know: (some: RegisterText) => {
      for (const pupil of joined(some)) if (!pupil.left || mayMean(pupil)) register.push(pupil)
    },
    knowElsewhere: (some: RegisterText) => {
      for (const pupil of joined(some)) elsewhere.push(pupil)
    },
    compare: ({ units, target, schoolIds, createClasses, basis }: Comparing) => {
      const covers = (pupil: Registered) => target.kind !== 'class' || pupil.classId === target.id
      const place = placing(units, target, schoolIds)
      comparison = compare({ rows, place, createClasses, register, elsewhere, covers })
      rows = []
      mayMean = meantBy(rows)
      register = []
      elsewhere = []
      return { hash: planHash(comparison, basis), rows: comparison.entries.length, counts: countsOf(comparison) }
    },
    show: (units: readonly Unit[]) => ({ ...shownOf(comparison), newClasses: newClassesOf(comparison.entries, units) }),
    /** What is to be done, and which classes must be made first. */
    decide: (choices: Choices) => {
      deeds = deedsOf(comparison, choices)
      comparison = { entries: [], missing: [] }
      const { enrolled, corrected, left, unchanged, leftOut } = deeds
      const transferred = enrolled.flatMap(({ from }) => from ?? [])
      const counts = { enrolled: enrolled.length, transferred: transferred.length, changed: corrected.length, left: left.length }
      const leaving = [...left, ...transferred].map((own) => own.participantId)
      return { counts: { ...counts, unchanged, leftOut }, leaving, classes: madeBy(deeds) }
    },
    /** The classes that were made, by what was said of them. */
    make: (made: ReadonlyMap<string, string>) => {
      classes = made
    },
    /** Some of the new pupils. */
    enrolments: (from: number): Written => {
      const some = deeds.enrolled.slice(from, from + atOnce).map((own) => {
        const enrolment = enrolmentOf(own, classes, ids)
        created.push({ participantId: enrolment.participantId, schoolId: enrolment.schoolId })
        return enrolment
      })
      return written(some)
    },
    corrections: (from: number): Written => written(deeds.corrected.slice(from, from + atOnce).map((own) => correctionOf(own, classes))),
    /** Whom the audit names, school by school. */
    done: (): Readonly<Record<'created' | 'changed' | 'transferred' | 'left', readonly OfSchool[]>> => ({
      created: bySchool(created),
      changed: bySchool(deeds.corrected.map(({ of }) => of)),
      transferred: bySchool(deeds.enrolled.flatMap(({ from }) => from ?? [])),
      left: bySchool(deeds.left),
    }),
  }
}

export type Desk = ReturnType<typeof deskOf>
