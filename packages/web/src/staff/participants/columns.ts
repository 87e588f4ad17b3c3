// Which column of a pasted list holds what.

export type Column = 'name' | 'studentNumber' | 'sex' | 'birthDate' | 'leftBehind'

/** The order that a list without a header line has to follow. */
export const columns: readonly Column[] = ['name', 'studentNumber', 'sex', 'birthDate', 'leftBehind']
const required: readonly Column[] = ['name', 'sex', 'birthDate']

const headers: Readonly<Record<Column, readonly string[]>> = {
  name: ['姓名', '学生姓名', 'name', 'fullname', 'pupil'],
  studentNumber: ['学号', 'studentnumber', 'studentno', 'studentid'],
  sex: ['性别', 'sex', 'gender'],
  birthDate: ['出生日期', '出生年月日', '生日', 'birthdate', 'dateofbirth', 'birthday'],
  leftBehind: ['是否留守', '留守', '留守儿童', '是否留守儿童', 'leftbehind'],
}

const columnOf = (header: string): Column | null => {
  const word = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*$/, '')
    .replace(/[^\p{L}]/gu, '')
  return columns.find((column) => headers[column].indexOf(word) >= 0) ?? null
}

type Rows = readonly (readonly string[])[]
export type Layout = {
  /** Where each column stands; null where the list has none. */
  readonly places: Readonly<Record<Column, number | null>>
  readonly missing: readonly Column[]
  /** Headers of columns that are neither read nor sent. */
  readonly ignored: readonly string[]
  readonly body: Rows
}

const placed = (place: (column: Column) => number | null): Layout['places'] => ({
  name: place('name'),
  studentNumber: place('studentNumber'),
  sex: place('sex'),
  birthDate: place('birthDate'),
  leftBehind: place('leftBehind'),
})

const titleLines = 4 // a sheet may carry a title above its header

const headerAt = (rows: Rows): number => {
  const known = rows.slice(0, titleLines + 1).map((row) => row.filter((cell) => columnOf(cell)).length)
  const header = known.findIndex((count) => count >= 2)
  return header >= 0 || known[0] !== 1 ? header : 0
}

/** Null when there is no header line and a row has more cells than there are columns, so that nobody can know their order. */
export const layoutOf = (rows: Rows): Layout | null => {
  const at = headerAt(rows)
  if (at < 0) {
    if (rows.some((row) => row.slice(columns.length).some((cell) => cell !== ''))) return null
    return { places: placed((column) => columns.indexOf(column)), missing: [], ignored: [], body: rows }
  }
  const found = rows[at]!.map(columnOf)
  const places = placed((column) => (found.indexOf(column) >= 0 ? found.indexOf(column) : null))
  const ignored = rows[at]!.filter((cell, position) => {
    const column = found[position]
    return cell !== '' && (!column || places[column] !== position)
  })
  return { places, missing: required.filter((column) => places[column] === null), ignored, body: rows.slice(at + 1) }
}
