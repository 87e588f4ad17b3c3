// Which column of a sheet holds what, found by the words of its header line.
import { fullWidthToHalf, type Line, tidy } from './grid.ts'

export const fields = ['name', 'studentNumber', 'sex', 'birthDate', 'nationalId', 'school', 'grade', 'class', 'leftBehind'] as const
export type Field = (typeof fields)[number]

/** The earlier a word, the better: a sheet that has both 学号 and 学籍号 is read by 学号. */
const words: Readonly<Record<Field, readonly string[]>> = {
  name: ['姓名', '学生姓名', '学生名字', '名字', 'name', 'fullname', 'pupil', 'pupilname', 'studentname'],
  studentNumber: [
    '学号',
    '学生学号',
    '学籍号',
    '全国学籍号',
    '学籍号码',
    '学籍辅号',
    '个人标识码',
    'studentnumber',
    'studentno',
    'studentid',
  ],
  sex: ['性别', '学生性别', 'sex', 'gender'],
  birthDate: ['出生日期', '出生年月日', '生日', '出生时间', '出生年月', 'birthdate', 'dateofbirth', 'birthday', 'dob'],
  nationalId: [
    '身份证号',
    '身份证',
    '身份证号码',
    '居民身份证号',
    '居民身份证号码',
    '身份证件号',
    '身份证件号码',
    '证件号码',
    '证件号',
    'nationalid',
    'idnumber',
    'idcard',
  ],
  school: ['学校', '学校名称', '校名', '就读学校', '所在学校', 'school', 'schoolname'],
  grade: ['年级', '所在年级', '年级名称', 'grade', 'year'],
  class: ['班级', '所在班级', '班级名称', '行政班', '行政班级', '班号', '班', 'class', 'classname'],
  leftBehind: ['是否留守', '留守情况', '留守', '留守儿童', '是否留守儿童', '是否农村留守儿童', '农村留守儿童', '留守状况', 'leftbehind'],
}

const wordOf = (header: string) =>
  tidy(fullWidthToHalf(header))
    .toLowerCase()
    .replace(/[([{【〔<].*$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

const known: ReadonlyMap<string, { readonly field: Field; readonly rank: number }> = new Map(
  fields.flatMap((field) => words[field].map((word, rank) => [word, { field, rank }] as const)),
)

/** What a header names, if it names anything that is read. */
export const fieldOf = (header: string): Field | null => (header.length > 40 ? null : (known.get(wordOf(header))?.field ?? null))

/** The field of each column, each field once, null for what is not read. */
export const columnsOf = (cells: readonly string[]): (Field | null)[] => {
  const found = cells.map((cell) => (cell.length > 40 ? null : (known.get(wordOf(cell)) ?? null)))
  return found.map((own, place) => {
    if (!own) return null
    const better = found.some(
      (other, elsewhere) => other?.field === own.field && (other.rank < own.rank || (other.rank === own.rank && elsewhere < place)),
    )
    return better ? null : own.field
  })
}

const titleLines = 30 // how far down a header may stand below a title and remarks

/** The header is the line that knows most words, a name among them; 0 when there is none. */
export const headerOf = (lines: readonly Line[]): number => {
  let best = { row: 0, count: 1 }
  for (const { row, cells } of lines.slice(0, titleLines)) {
    const columns = columnsOf(cells).filter((field) => field !== null)
    if (columns.includes('name') && columns.length > best.count) best = { row, count: columns.length }
  }
  return best.row
}
