// Where a row of a roster says its pupil belongs: the school and class that are meant, however they are written.
import type { Unit } from '../../units/queries.ts'
import type { RosterRow } from './rows.ts'

const chinese = '一二三四五六七八九'

/** 七, 十, 十二, 二十一 as numbers up to 99, or null. */
const numeral = (text: string): number | null => {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (!match || text === '' || (match[1] && match[3] && !match[2])) return null
  const digit = (character: string | undefined) => (character ? chinese.indexOf(character) + 1 : 0)
  return match[2] ? (match[1] ? digit(match[1]) : 1) * 10 + digit(match[3]) : digit(match[1] ?? match[3])
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()[\]【】〔〕·.\-_、,]/g, '')

type Words = { readonly grade: string | null; readonly rest: string }

const stages: readonly (readonly [RegExp, number])[] = [
  [/^初中?([一二三])(?:年级?)?/, 6],
  [/^高中?([一二三])(?:年级?)?/, 9],
  [/^(?:小学|初中|高中)?([一二三四五六七八九]|十[一二]?|\d{1,2})年级?/, 0],
  [/^grade(\d{1,2})(?=class|$)/, 0],
  [/^([一二三四五六七八九])(?=\d+班?$)/, 0],
  [/^([一二三四五六七八九])(?=[一二三四五六七八九]班$)/, 0],
]

const split = (text: string): Words => {
  const said = bare(text)
  for (const [pattern, before] of stages) {
    const match = pattern.exec(said)
    const number = match && numeral(match[1]!)
    if (match && number) return { grade: String(number + before), rest: said.slice(match[0].length) }
  }
  const cohort = /^((?:20)?\d{2}级)(.*)$/.exec(said)
  return cohort ? { grade: cohort[1]!.replace(/^20/, ''), rest: cohort[2]! } : { grade: null, rest: said }
}

const classWord = (rest: string) => {
  const number = numeral(rest.replace(/^class/, '').replace(/班$/, ''))
  return number === null ? rest : String(number)
}

/** 七(1)班, 七年级一班 and 初一01班 are one class: its grade, where it says one, and its number or name. */
export const classKey = (text: string): { readonly grade: string | null; readonly own: string } => {
  const { grade, rest } = split(text)
  return { grade, own: classWord(rest) }
}
export const gradeKey = (text: string): string => split(text).grade ?? classWord(bare(text).replace(/年?级$/, ''))

type Place = { readonly schoolId: string; readonly classId: string }
export type NewClass = {
  readonly schoolId: string
  /** The grade below which it will stand, or null: right below the school. */
  readonly gradeId: string | null
  readonly name: string
}
export const placeFaults = ['school-missing', 'school-unknown', 'class-missing', 'class-unclear', 'outside'] as const
export type PlaceFault = (typeof placeFaults)[number]
export type Placed =
  | { readonly kind: 'known'; readonly place: Place }
  | { readonly kind: 'new'; readonly made: NewClass }
  | { readonly kind: 'fault'; readonly fault: PlaceFault }

type Candidate = { readonly unit: Unit & { readonly schoolId: string }; readonly grade: string | null; readonly own: string }

const fault = (own: PlaceFault): Placed => ({ kind: 'fault', fault: own })

const candidatesOf = (units: readonly Unit[]) => {
  const grades = new Map(units.filter((unit) => unit.kind === 'grade').map((unit) => [unit.id, unit]))
  return units.flatMap((unit): Candidate[] => {
    if (unit.kind !== 'class' || unit.schoolId === null) return []
    const { grade, own } = classKey(unit.name)
    const above = grades.get(unit.parentId ?? '')
    return [{ unit: { ...unit, schoolId: unit.schoolId }, grade: above ? gradeKey(above.name) : grade, own }]
  })
}

/**
 * Tells of a row where it belongs. `target` is the unit whose roster the file is: a class, a school, or what stands above schools;
 * `schools` are those that it reaches.
 */
export const placing = (units: readonly Unit[], target: Unit, schoolIds: readonly string[]) => {
  const schools = units.filter((unit) => unit.kind === 'school' && schoolIds.includes(unit.id))
  const candidates = candidatesOf(units)
  const schoolOf = (row: RosterRow): Unit | PlaceFault => {
    if (row.school === null) return schools.length === 1 ? schools[0]! : 'school-missing'
    const said = bare(row.school)
    const found = schools.find((school) => bare(school.name) === said || (school.code !== null && bare(school.code) === said))
    return found ?? (target.kind === 'county' || target.kind === 'township' ? 'school-unknown' : 'outside')
  }
  const newClass = (row: RosterRow, school: Unit, grade: string | null): Placed => {
    const said = row.className ?? row.sheetClass ?? ''
    const ofGrade = units.find((unit) => unit.kind === 'grade' && unit.parentId === school.id && gradeKey(unit.name) === grade)
    const named = classKey(said).grade !== null
    if (ofGrade) return { kind: 'new', made: { schoolId: school.id, gradeId: ofGrade.id, name: named ? `${classKey(said).own}班` : said } }
    const above = named ? '' : (row.grade ?? (row.className && row.sheetClass ? row.sheetClass : ''))
    return { kind: 'new', made: { schoolId: school.id, gradeId: null, name: `${above}${said}`.slice(0, 60) } }
  }
  const placeOf = (row: RosterRow): Placed => {
    const school = schoolOf(row)
    if (typeof school === 'string') return fault(school)
    const said = row.className ?? row.sheetClass
    if (said === null)
      return target.kind === 'class' ? { kind: 'known', place: { schoolId: school.id, classId: target.id } } : fault('class-missing')
    const { grade: ownGrade, own } = classKey(said)
    const grade = ownGrade ?? (row.grade !== null ? gradeKey(row.grade) : row.sheetClass !== null ? classKey(row.sheetClass).grade : null)
    if (own === '') return fault('class-missing')
    const named = candidates.filter((one) => one.unit.schoolId === school.id && one.own === own)
    const exact = named.filter((one) => one.grade === grade)
    const fitting = exact.length > 0 ? exact : grade === null ? named : []
    if (fitting.length > 1) return fault('class-unclear')
    const [found] = fitting
    if (target.kind === 'class' && found?.unit.id !== target.id) return fault('outside')
    return found ? { kind: 'known', place: { schoolId: school.id, classId: found.unit.id } } : newClass(row, school, grade)
  }
  const known = new Map<string, Placed>() // thousands of rows say one of a few dozen things
  return (row: RosterRow): Placed => {
    const said = JSON.stringify([row.school, row.grade, row.className, row.sheetClass])
    const placed = known.get(said) ?? placeOf(row)
    known.set(said, placed)
    return placed
  }
}
