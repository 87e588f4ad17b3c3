import { Problem } from '../problem.ts'

const familyNamesOfTwo = ['欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '夏侯']

/** What a pupil sees to confirm her seat: the first character of her given name, never the whole name. */
export const initialOf = (name: string): string => {
  const trimmed = name.trim()
  if (!/^\p{Script=Han}/u.test(trimmed)) return `${[...trimmed][0]?.toUpperCase() ?? '?'}.`
  const family = familyNamesOfTwo.some((two) => trimmed.startsWith(two)) ? 2 : 1
  const given = [...trimmed].slice(family)
  return `${given[0] ?? [...trimmed][0] ?? '?'}＊`
}

type Pupil = { readonly participantId: string; readonly classId: string; readonly name: string; readonly studentNumber: string | null }

/** Two pupils of a class with one initial carry the last two characters of their student numbers too: fewer than the four that a seat asks for. */
export const initialsOf = (pupils: readonly Pupil[]): ReadonlyMap<string, string> => {
  const each = new Map(pupils.map((pupil) => [pupil.participantId, pupil]))
  const alike = Map.groupBy(each.values(), ({ classId, name }) => `${classId} ${initialOf(name)}`)
  const told = (pupil: Pupil) => {
    const shared = (alike.get(`${pupil.classId} ${initialOf(pupil.name)}`)?.length ?? 0) > 1
    return shared && pupil.studentNumber ? `${initialOf(pupil.name)} …${pupil.studentNumber.slice(-2)}` : initialOf(pupil.name)
  }
  return new Map([...each].map(([id, pupil]) => [id, told(pupil)]))
}

/** Answers keep the month of birth only; the day stays with the name. */
export const birthMonth = (birthDate: string) => `${birthDate.slice(0, 7)}-01`

export const ageOn = (birth: string, day: Date): number => {
  const [year = 0, month = 1, dayOfMonth = 1] = birth.split('-').map(Number)
  const before = day.getUTCMonth() + 1 < month || (day.getUTCMonth() + 1 === month && day.getUTCDate() < dayOfMonth)
  return day.getUTCFullYear() - year - (before ? 1 : 0)
}

/** The row of the roster is named, never the date or whose it is (PRIV-13). */
export const requireBirthDate = (birthDate: string, today: Date, row: number) => {
  const age = ageOn(birthDate, today)
  if (age < 5 || age > 25) throw new Problem('participant.birth-date-impossible', { row })
}
