// What somebody may choose for a screening: pure readings of the library and of the units.
import type { InstrumentListed, Me, Unit } from '../wire.ts'

export const keyOf = ({ id, version }: Pick<InstrumentListed, 'id' | 'version'>) => `${id}@${version}`

/** The newest version of each instrument that a school may show and that has words in the language. */
export const offered = (instruments: readonly InstrumentListed[], language: string): readonly InstrumentListed[] => {
  const shown = instruments.filter(
    (instrument) => instrument.licence.status !== 'permission-needed' && instrument.languages.indexOf(language) >= 0,
  )
  const numbers = (version: string) => version.split('.').map(Number)
  const newer = (one: string, other: string) => {
    const [left, right] = [numbers(one), numbers(other)]
    const place = left.findIndex((number, position) => number !== right[position])
    return place >= 0 && left[place]! > right[place]!
  }
  return shown.filter(({ id, version }) => !shown.some((other) => other.id === id && newer(other.version, version)))
}

/** Languages in which something may be asked, Chinese first. */
export const languagesOf = (instruments: readonly InstrumentListed[]): readonly string[] => {
  const spoken = instruments.flatMap((instrument) => (instrument.licence.status === 'permission-needed' ? [] : instrument.languages))
  const rank = (language: string) => ['zh-CN', 'en'].indexOf(language) + 1 || 9
  return [...new Set(spoken)].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/** The schools that an administrator administers: of the county all, else her own. */
export const ownSchools = (units: readonly Unit[], held: Me['roles']): readonly Unit[] => {
  const places = new Set(held.filter((grant) => grant.role === 'administrator').map((grant) => grant.unitId))
  const parentOf = (unit: Unit) => units.find((other) => other.id === unit.parentId)
  const reached = (unit: Unit | undefined): boolean => unit !== undefined && (places.has(unit.id) || reached(parentOf(unit)))
  return units.filter((unit) => unit.kind === 'school' && reached(unit))
}

export const sums = (chosen: readonly InstrumentListed[]) => ({
  count: chosen.length,
  items: chosen.reduce((sum, { items }) => sum + items, 0),
  minutes: Math.ceil(chosen.reduce((sum, { estimatedMinutes }) => sum + estimatedMinutes, 0)),
})

/** One instrument of a battery, in its place, and how many of its items stand on a page. */
export type Asked = { readonly key: string; readonly itemsPerPage: number }

/** Chosen anew it stands last: pupils meet the instruments in the order in which they were chosen. */
export const toggled = (asked: readonly Asked[], key: string): readonly Asked[] =>
  asked.some((one) => one.key === key) ? asked.filter((one) => one.key !== key) : [...asked, { key, itemsPerPage: 1 }]

export const movedUp = (asked: readonly Asked[], key: string): readonly Asked[] => {
  const place = asked.findIndex((one) => one.key === key)
  if (place < 1) return asked
  return [...asked.slice(0, place - 1), asked[place]!, asked[place - 1]!, ...asked.slice(place + 1)]
}

/** What is missing of a screening, the first thing first. */
export const wishFault = (title: string, wave: string, asked: number, schools: number) => {
  if (title.trim() === '') return 'screening.titleFirst'
  if (wave.trim() === '') return 'screening.waveFirst'
  if (asked === 0) return 'screening.instrumentsFirst'
  return schools === 0 ? 'schools.chooseFirst' : null
}
