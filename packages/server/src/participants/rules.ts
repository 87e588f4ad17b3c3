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
