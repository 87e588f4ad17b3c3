// A protocol is data given to the server: it is checked against the library when it is taken in, and never changes afterwards.
import { createHash } from 'node:crypto'
import { canonicalJson, isTrial, type Protocol, type Screening, type StudyProtocol, seededRandom } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { requireInstrument, requirePermitted } from '../library/rules.ts'
import { Problem } from '../problem.ts'

const requireDistinct = (where: string, names: readonly string[]) => {
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice) throw new Problem('study.named-twice', { where, name: twice })
}

/** That the outcomes of a trial can be compared between the waves named. */
const requireOutcomes = ({ arms, waves, primary, secondary }: Protocol, library: Library) => {
  requireDistinct(
    'arms',
    arms.map((arm) => arm.id),
  )
  const controls = arms.filter((arm) => arm.control).length
  if (controls !== 1) throw new Problem('study.control-unclear', { count: controls })
  const { wave, baselineWave } = primary
  const known = waves.map(({ id }) => id)
  for (const name of [wave, baselineWave])
    if (!known.includes(name)) throw new Problem('study.outcome-wave-unknown', { wave: name, allowed: known.join(', ') })
  if (wave === baselineWave) throw new Problem('study.wave-against-itself', { wave })
  for (const compared of waves.filter(({ id }) => id === wave || id === baselineWave)) {
    const scales = compared.battery.flatMap((entry) => library.get(entry.instrument, entry.version)?.scales.map((scale) => scale.id) ?? [])
    for (const { scale } of [primary, ...secondary])
      if (!scales.includes(scale)) throw new Problem('study.scale-not-asked', { scale, wave: compared.id })
  }
}

/** Checks what a schema cannot: that instruments exist, may be shown and have the languages, and the outcomes of a trial. */
export const requireProtocol = (protocol: StudyProtocol, library: Library) => {
  const { waves, languages } = protocol
  const batteries = waves.flatMap((wave) => wave.battery)
  const definitions = batteries.map(({ instrument, version }) => requirePermitted(requireInstrument(library, instrument, version)))
  requireDistinct(
    'waves',
    waves.map((wave) => wave.id),
  )
  requireDistinct('languages', languages)
  if (isTrial(protocol)) requireOutcomes(protocol, library)
  for (const wave of waves)
    if (new Set(wave.battery.map((entry) => entry.instrument)).size < wave.battery.length)
      throw new Problem('study.instrument-twice', { wave: wave.id })
  for (const language of languages) {
    const without = definitions.find((definition) => !Object.hasOwn(definition.texts, language))
    if (without) throw new Problem('study.language-missing', { instrument: without.id, language })
  }
}

export type ScreeningWish = {
  readonly id: string
  readonly title: string
  readonly wave: string
  readonly language: string
  readonly instruments: readonly { readonly instrument: string; readonly version: string }[]
  readonly simulated: boolean
}

/** A screening of one wave, in the chosen language and in every other that all its instruments have words in. */
export const screeningOf = ({ id, title, wave, language: chosen, instruments, simulated }: ScreeningWish, library: Library): Screening => {
  const spoken = instruments.map(({ instrument, version }) =>
    Object.values(requireInstrument(library, instrument, version).texts).flatMap(({ language, status }) =>
      status === 'withheld' ? [] : [language],
    ),
  )
  const common = (spoken[0] ?? []).filter((language) => spoken.every((languages) => languages.includes(language)))
  return {
    schemaVersion: 1,
    kind: 'screening',
    id,
    title: { 'zh-CN': title, en: title },
    simulated,
    waves: [{ id: 'screening', label: { 'zh-CN': wave, en: wave }, battery: instruments.map((entry) => ({ ...entry })) }],
    languages: [chosen, ...common.filter((language) => language !== chosen)].slice(0, 10),
  }
}

export const protocolHash = (protocol: StudyProtocol) => createHash('sha256').update(canonicalJson(protocol)).digest('hex')

/** Schools to arms: a seeded Fisher-Yates shuffle of the schools in order of their ids, then arms in turn, so arms differ by one school at most. */
export const allocate = (schoolIds: readonly string[], arms: readonly string[], seed: number): ReadonlyMap<string, string> => {
  if (schoolIds.length < arms.length) throw new Problem('study.too-few-schools', { schools: schoolIds.length, arms: arms.length })
  const random = seededRandom(seed)
  const order = schoolIds.toSorted()
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1))
    ;[order[last], order[chosen]] = [order[chosen]!, order[last]!]
  }
  return new Map(order.map((schoolId, position) => [schoolId, arms[position % arms.length]!]))
}
