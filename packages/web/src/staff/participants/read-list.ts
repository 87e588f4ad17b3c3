// A pasted list of pupils, read and checked on the page: nothing is sent while a row of it is wrong.
import type { NewPupil, Participant } from '../wire.ts'
import { cellsOf } from './cells.ts'
import { type Column, columns, layoutOf } from './columns.ts'
import { type CellFault, type Read, readBirthDate, readLeftBehind, readName, readSex, readStudentNumber } from './values.ts'

const mostAtOnce = 200

export type RowFault = { readonly row: number; readonly column: Column } & (
  | { readonly kind: CellFault | 'enrolled' }
  | { readonly kind: 'twice'; readonly other: number }
)
export type ListRow = {
  /** As the server counts: the first pupil is row 1. */
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
  readonly pupil: NewPupil | null
  readonly faults: readonly RowFault[]
}
type ListFault =
  | { readonly kind: 'header-needed' }
  | { readonly kind: 'column-missing'; readonly column: Column }
  | { readonly kind: 'too-many'; readonly count: number }
export type PupilList = {
  readonly rows: readonly ListRow[]
  readonly faults: readonly ListFault[]
  readonly ignored: readonly string[]
}

const known = <T>(read: Read<T>): T | undefined => ('value' in read ? read.value : undefined)

const readRow = (cells: ListRow['cells'], row: number, today: Date): ListRow => {
  const read = {
    name: readName(cells.name),
    studentNumber: readStudentNumber(cells.studentNumber),
    sex: readSex(cells.sex),
    birthDate: readBirthDate(cells.birthDate, today),
    leftBehind: readLeftBehind(cells.leftBehind),
  }
  const faults = columns.flatMap((column): RowFault[] => {
    const { fault } = read[column] as { readonly fault?: CellFault } // the two halves of Read as one
    return fault ? [{ row, column, kind: fault }] : []
  })
  const [name, sex, birthDate] = [known(read.name), known(read.sex), known(read.birthDate)]
  const [studentNumber, leftBehind] = [known(read.studentNumber), known(read.leftBehind)]
  const pupil =
    faults.length === 0 && name && sex && birthDate
      ? {
          name,
          sex,
          birthDate,
          ...(typeof studentNumber === 'string' && { studentNumber }),
          ...(typeof leftBehind === 'boolean' && { leftBehind }),
        }
      : null
  return { row, cells, pupil, faults }
}

type Person = Pick<Participant, 'name' | 'birthDate'> & { readonly studentNumber?: string | null | undefined }

/** Two rows mean one child: the same student number, or the same name and birth date with no two numbers to tell them apart. */
const clash = (one: Person, other: Person): Column | null => {
  if (one.studentNumber && other.studentNumber) return one.studentNumber === other.studentNumber ? 'studentNumber' : null
  return one.name === other.name && one.birthDate === other.birthDate ? 'name' : null
}

const withClashes = (rows: readonly ListRow[], enrolled: readonly Person[]): readonly ListRow[] =>
  rows.map((own, position): ListRow => {
    const { pupil, row } = own
    if (!pupil) return own
    const inClass = enrolled.map((person) => clash(pupil, person)).find((column) => column !== null)
    if (inClass) return { ...own, pupil: null, faults: [{ row, column: inClass, kind: 'enrolled' }] }
    const earlier = rows.slice(0, position).find((other) => other.pupil && clash(pupil, other.pupil))
    const column = earlier?.pupil && clash(pupil, earlier.pupil)
    return earlier && column ? { ...own, pupil: null, faults: [{ row, column, kind: 'twice', other: earlier.row }] } : own
  })

export const readList = (text: string, today: Date, enrolled: readonly Person[]): PupilList => {
  const layout = layoutOf(cellsOf(text))
  if (!layout) return { rows: [], faults: [{ kind: 'header-needed' }], ignored: [] }
  const { places, missing, ignored, body } = layout
  const cell = (row: readonly string[], column: Column) => row[places[column] ?? -1] ?? ''
  const faults: ListFault[] = missing.map((column) => ({ kind: 'column-missing', column }))
  if (body.length > mostAtOnce) faults.push({ kind: 'too-many', count: body.length })
  if (faults.length > 0) return { rows: [], faults, ignored }
  const rows = body.map((row, position) => {
    const cells = {
      name: cell(row, 'name'),
      studentNumber: cell(row, 'studentNumber'),
      sex: cell(row, 'sex'),
      birthDate: cell(row, 'birthDate'),
      leftBehind: cell(row, 'leftBehind'),
    }
    return readRow(cells, position + 1, today)
  })
  return { rows: withClashes(rows, enrolled), faults, ignored }
}

/** The pupils to send, or null while anything is wrong or nothing is there. */
export const readyPupils = ({ rows, faults }: PupilList): readonly NewPupil[] | null => {
  const pupils = rows.flatMap((row) => (row.pupil ? [row.pupil] : []))
  return faults.length === 0 && rows.length > 0 && pupils.length === rows.length ? pupils : null
}
