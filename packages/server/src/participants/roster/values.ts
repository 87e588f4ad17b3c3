// What one cell of a roster means, or why it cannot be taken.
import { fullWidthToHalf, tidy } from './grid.ts'
import { dateOfSerial } from './sheet.ts'

export const cellFaults = [
  'empty',
  'long',
  'rounded',
  'sex',
  'date',
  'month-only',
  'age',
  'left-behind',
  'national-id',
  'formula-error',
] as const
export type CellFault = (typeof cellFaults)[number]
export type Read<T> = { readonly value: T; readonly fault?: never } | { readonly fault: CellFault }

const broken = (cell: string) => /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)/.test(cell)
/** A stroke is how a form says that there is nothing to say. */
const half = (cell: string) => tidy(fullWidthToHalf(cell)).replace(/^[-—–/\\]+$/, '')
const word = (cell: string) => half(cell).toLowerCase().replace(/ /g, '')

/** Rosters pad short names so that they align: 张　三 is 张三. The dot of a long name has many shapes and one meaning. */
export const readName = (cell: string): Read<string> => {
  const value = half(cell)
    .replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
    .replace(/ ?[・•‧･∙⋅] ?/g, '·')
  if (value === '') return { fault: 'empty' }
  if (broken(value)) return { fault: 'formula-error' }
  return value.length > 60 ? { fault: 'long' } : { value }
}

/** A spreadsheet shortens a long number to 2.02307E+11; what it was cannot be known. A short one that it kept as 20230101.0 can. */
export const readStudentNumber = (cell: string): Read<string | null> => {
  const value = half(cell)
    .replace(/^=?"(.*)"$/, '$1')
    .replace(/^['‘’`]/, '')
    .replace(/ /g, '')
    .replace(/^(\d+)\.0+$/, '$1')
  if (value === '') return { value: null }
  if (broken(value)) return { fault: 'formula-error' }
  if (/^\d(\.\d+)?e\+?\d+$/i.test(value)) return { fault: 'rounded' }
  return value.length > 40 ? { fault: 'long' } : { value }
}

const female = ['女', '女生', '女性', 'female', 'f', 'girl']
const male = ['男', '男生', '男性', 'male', 'm', 'boy']

export const readSex = (cell: string): Read<'female' | 'male' | null> => {
  const said = word(cell)
  if (said === '') return { value: null }
  if (female.includes(said)) return { value: 'female' }
  return male.includes(said) ? { value: 'male' } : { fault: 'sex' }
}

const dates = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]
const monthOnly = /^(\d{4})([-/.]\d{1,2}|年\d{1,2}月?|\d{2})$/

const calendarDay = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null
}

const asWritten = (cell: string) =>
  half(cell)
    .replace(/^['‘’`]/, '')
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '')
    .replace(/ /g, '')
    .replace(/^(\d+)\.0+$/, '$1')

/** A day that the calendar has, also as a day count where the spreadsheet lost the format of a date. */
export const readBirthDate = (cell: string, date1904: boolean): Read<string | null> => {
  const written = asWritten(cell)
  if (written === '') return { value: null }
  if (broken(written)) return { fault: 'formula-error' }
  const serial = /^[1-6]\d{4}(\.\d+)?$/.test(written) ? dateOfSerial(Number(written), date1904) : null
  if (serial) return { value: serial }
  const found = dates.map((date) => date.exec(written)).find((match) => match !== null)
  if (!found) return { fault: monthOnly.test(written) ? 'month-only' : 'date' }
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  const value = calendarDay(year, month, day)
  return value ? { value } : { fault: 'date' }
}

const yes = ['是', '有', 'yes', 'y', 'true', '1', '√', '留守', '留守儿童', '农村留守儿童', '单亲留守', '双亲留守']
const no = ['否', '无', '不是', 'no', 'n', 'false', '0', '非留守', '非留守儿童', '×']

export const readLeftBehind = (cell: string): Read<boolean | null> => {
  const said = word(cell)
  if (said === '') return { value: null }
  if (yes.includes(said)) return { value: true }
  return no.includes(said) ? { value: false } : { fault: 'left-behind' }
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Birth date and sex as a national identity number says them (GB 11643). The number itself goes no further than here. */
export const readNationalId = (cell: string): Read<{ readonly birthDate: string; readonly sex: 'female' | 'male' } | null> => {
  const value = half(cell)
    .replace(/^=?"(.*)"$/, '$1')
    .replace(/^['‘’`]/, '')
    .replace(/ /g, '')
    .toUpperCase()
  if (value === '') return { value: null }
  if (/^\d(\.\d+)?E\+?\d+$/.test(value)) return { fault: 'rounded' }
  if (!/^\d{17}[\dX]$/.test(value)) return { fault: 'national-id' }
  const sum = weights.reduce((total, weight, place) => total + weight * Number(value[place]), 0)
  const birthDate = calendarDay(Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14)))
  if ('10X98765432'[sum % 11] !== value[17] || !birthDate) return { fault: 'national-id' }
  return { value: { birthDate, sex: Number(value[16]) % 2 === 1 ? 'male' : 'female' } }
}
