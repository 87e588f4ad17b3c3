// A day as a school lives it: China has one time zone and no summer time.
const shanghai = 8 * 3_600_000
const day = 86_400_000

export const schoolDay = (at: Date): string => new Date(at.getTime() + shanghai).toISOString().slice(0, 10)

/** From its midnight to the next one. */
export const hoursOf = (schoolDay: string): { readonly from: Date; readonly to: Date } => {
  const from = new Date(Date.parse(schoolDay) - shanghai)
  return { from, to: new Date(from.getTime() + day) }
}

/** So many days, the first of them this one. */
export const daysFrom = (first: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => new Date(Date.parse(first) + place * day).toISOString().slice(0, 10))

export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / day)
