// The pupils of the chosen sheets, each with where she stands and what of her row cannot be taken.
import { ageOn } from '../rules.ts'
import { columnsOf, type Field, fieldOf, fields } from './columns.ts'
import { fullWidthToHalf, type Line, tidy } from './grid.ts'
import { type CellFault, type Read, readBirthDate, readLeftBehind, readName, readNationalId, readSex, readStudentNumber } from './values.ts'

export type SheetSetting = {
  readonly sheet: number
  /** 0 when the sheet has no header line. */
  readonly headerRow: number
  /** What each column holds; null: not read. */
  readonly columns: readonly (Field | null)[]
  /** The class of rows that name none, such as a sheet that is called by its class. */
  readonly className: string | null
}
/** `text` is the cell as it stands, except for an identity number. */
type RowFault = { readonly field: Field; readonly kind: CellFault; readonly text: string }
export type RosterRow = {
  readonly sheet: number
  readonly row: number
  readonly name: string
  readonly studentNumber: string | null
  readonly sex: 'female' | 'male' | null
  readonly birthDate: string | null
  readonly leftBehind: boolean | null
  readonly school: string | null
  readonly grade: string | null
  readonly className: string | null
  /** The class that the setting of the sheet names, from which a grade may come too. */
  readonly sheetClass: string | null
  readonly faults: readonly RowFault[]
}

const known = <T>(read: Read<T>): T | null => ('value' in read ? (read.value as T) : null)
const plain = (cell: string) => tidy(fullWidthToHalf(cell)).slice(0, 60) || null

const withAge = (read: Read<string | null>, today: Date): Read<string | null> => {
  if (read.fault || read.value === null) return read
  const age = ageOn(read.value, today)
  return age < 5 || age > 25 ? { fault: 'age' } : read
}

type Cells = (field: Field) => string

const readRow = (cell: Cells, date1904: boolean, today: Date): Omit<RosterRow, 'sheet' | 'row' | 'sheetClass'> => {
  const national = readNationalId(cell('nationalId'))
  const ofNational = known(national)
  const written = { sex: readSex(cell('sex')), birthDate: readBirthDate(cell('birthDate'), date1904) }
  const sexIsWritten = written.sex.fault || written.sex.value !== null
  const sex = sexIsWritten ? written.sex : { value: ofNational?.sex ?? null }
  // a month alone, or nothing, is completed by the identity number
  const dayIsWritten = written.birthDate.fault
    ? !(written.birthDate.fault === 'month-only' && ofNational)
    : written.birthDate.value !== null
  const birthDate = withAge(dayIsWritten ? written.birthDate : { value: ofNational?.birthDate ?? null }, today)
  const needed = national.fault && known(birthDate) === null && !birthDate.fault
  const read = {
    name: readName(cell('name')),
    studentNumber: readStudentNumber(cell('studentNumber')),
    sex,
    birthDate,
    leftBehind: readLeftBehind(cell('leftBehind')),
  } as const
  const faults = (Object.keys(read) as (keyof typeof read)[]).flatMap((field): RowFault[] => {
    const { fault } = read[field] as { readonly fault?: CellFault } // the two halves of Read as one
    return fault ? [{ field, kind: fault, text: tidy(cell(field)).slice(0, 80) }] : []
  })
  return {
    name: known(read.name) ?? '',
    studentNumber: known(read.studentNumber),
    sex: known(sex),
    birthDate: known(birthDate),
    leftBehind: known(read.leftBehind),
    school: plain(cell('school')),
    grade: plain(cell('grade')),
    className: plain(cell('class')),
    faults: needed && national.fault ? [...faults, { field: 'nationalId', kind: national.fault, text: '' }] : faults,
  }
}

/** Blank where it matters, or the header once more, as on each printed page. */
const isNoPupil = ({ cells }: Line, places: readonly number[], ofName: string) =>
  places.every((place) => tidy(cells[place] ?? '') === '') ||
  (fieldOf(ofName) === 'name' && columnsOf(cells).filter((field) => field !== null).length >= 3)

/** Thousands of rows name a few schools, grades, classes and days: each is kept once. */
const sharing = () => {
  const texts = new Map<string, string>()
  return <Text extends string | null>(text: Text): Text => {
    if (text === null) return text
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return (known ?? text) as Text // the same characters
  }
}

/** Tells of each line of a sheet which pupil it is, if it is one. */
export const rowsBy = (setting: SheetSetting, date1904: boolean, today: Date): ((line: Line) => readonly RosterRow[]) => {
  const placeOf = (field: Field) => setting.columns.indexOf(field)
  const at = Object.fromEntries(fields.map((field) => [field, placeOf(field)])) as Record<Field, number>
  // a class that is filled down a merged column, or a school, makes no pupil of an empty row
  const places = (['name', 'studentNumber', 'sex', 'birthDate', 'nationalId'] as const).map(placeOf).filter((place) => place >= 0)
  const one = sharing()
  return (line) => {
    const cell: Cells = (field) => line.cells[at[field]] ?? ''
    if (line.row <= setting.headerRow || isNoPupil(line, places, cell('name'))) return []
    const read = readRow(cell, date1904, today)
    const shared = { birthDate: one(read.birthDate), school: one(read.school), grade: one(read.grade), className: one(read.className) }
    return [{ sheet: setting.sheet, row: line.row, ...read, ...shared, sheetClass: setting.className }]
  }
}
