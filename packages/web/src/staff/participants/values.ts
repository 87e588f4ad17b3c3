// What one cell of a pasted list means, or why it cannot be taken.

export type CellFault = 'empty' | 'long' | 'rounded' | 'sex' | 'date' | 'age' | 'left-behind'
export type Read<T> = { readonly value: T; readonly fault?: never } | { readonly fault: CellFault }

const plain = (cell: string) => cell.normalize('NFKC').toLowerCase()

/** Rosters pad short names so that they align: 张　三 is 张三. */
export const readName = (cell: string): Read<string> => {
  const value = cell.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
  if (value === '') return { fault: 'empty' }
  return value.length > 60 ? { fault: 'long' } : { value }
}

/** A spreadsheet shortens a long number to 2.02307E+11; what it was cannot be known. */
export const readStudentNumber = (cell: string): Read<string | null> => {
  if (/^\d(\.\d+)?e\+\d+$/i.test(cell)) return { fault: 'rounded' }
  return cell.length > 40 ? { fault: 'long' } : { value: cell === '' ? null : cell }
}

const female = ['女', '女生', 'female', 'f']
const male = ['男', '男生', 'male', 'm']

export const readSex = (cell: string): Read<'female' | 'male'> => {
  const word = plain(cell)
  if (word === '') return { fault: 'empty' }
  if (female.indexOf(word) >= 0) return { value: 'female' }
  return male.indexOf(word) >= 0 ? { value: 'male' } : { fault: 'sex' }
}

const dates = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]
const two = (number: number) => (number < 10 ? `0${number}` : String(number))

const ageOn = (year: number, month: number, day: number, today: Date) => {
  const before = today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day)
  return today.getUTCFullYear() - year - (before ? 1 : 0)
}

/** A day that the calendar has, of a pupil aged 5 to 25 as the server asks, as 2013-05-09. */
export const readBirthDate = (cell: string, today: Date): Read<string> => {
  if (cell === '') return { fault: 'empty' }
  const written = plain(cell)
    .replace(/ 0?0:00(:00)?$/, '')
    .replace(/ /g, '')
  const found = dates.map((date) => date.exec(written)).find((match) => match !== null)
  if (!found) return { fault: 'date' }
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  const real = new Date(Date.UTC(year, month - 1, day))
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return { fault: 'date' }
  const age = ageOn(year, month, day, today)
  return age < 5 || age > 25 ? { fault: 'age' } : { value: `${year}-${two(month)}-${two(day)}` }
}

const yes = ['是', 'yes', 'y', '留守']
const no = ['否', 'no', 'n', '非留守']

export const readLeftBehind = (cell: string): Read<boolean | null> => {
  const word = plain(cell)
  if (word === '') return { value: null }
  if (yes.indexOf(word) >= 0) return { value: true }
  return no.indexOf(word) >= 0 ? { value: false } : { fault: 'left-behind' }
}
