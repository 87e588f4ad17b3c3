// A protocol is data given to the server: it is checked against the library when it is taken in, and never changes afterwards.
import { createHash } from 'node:crypto'
import { canonicalJson, type Protocol, seededRandom } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { requireInstrument, requirePermitted } from '../library/rules.ts'
import { Problem } from '../problem.ts'

const broken = (where: string, what: string) => new Problem('study.protocol-broken', { where, what })

const requireDistinct = (where: string, names: readonly string[]) => {
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice) throw broken(where, `${twice} stands twice`)
}

/** Checks what a schema cannot: that instruments exist and may be shown, that the outcomes can be compared between the waves named. */
export const requireProtocol = (protocol: Protocol, library: Library) => {
  const batteries = protocol.waves.flatMap((wave) => wave.battery)
  const definitions = batteries.map(({ instrument, version }) => requirePermitted(requireInstrument(library, instrument, version)))
  const waves = protocol.waves.map((wave) => wave.id)
  requireDistinct(
    'arms',
    protocol.arms.map((arm) => arm.id),
  )
  requireDistinct('waves', waves)
  requireDistinct('languages', protocol.languages)
  if (protocol.arms.filter((arm) => arm.control).length !== 1) throw broken('arms', 'exactly one arm is the control')
  const { wave, baselineWave } = protocol.primary
  for (const name of [wave, baselineWave]) if (!waves.includes(name)) throw broken('primary', `${name} is not a wave (${waves.join(', ')})`)
  if (wave === baselineWave) throw broken('primary', `${wave} is compared with itself`)
  for (const compared of protocol.waves.filter(({ id }) => id === wave || id === baselineWave)) {
    const scales = compared.battery.flatMap((entry) => library.get(entry.instrument, entry.version)?.scales.map((scale) => scale.id) ?? [])
    for (const { scale } of [protocol.primary, ...protocol.secondary])
      if (!scales.includes(scale)) throw broken('scale', `${scale} is in no instrument of wave ${compared.id}`)
  }
  for (const wave of protocol.waves)
    if (new Set(wave.battery.map((entry) => entry.instrument)).size < wave.battery.length)
      throw broken(`waves.${wave.id}`, 'an instrument stands twice')
  for (const language of protocol.languages) {
    const without = definitions.find((definition) => !Object.hasOwn(definition.texts, language))
    if (without) throw broken('languages', `${without.id} has no text in ${language}`)
  }
}

export const protocolHash = (protocol: Protocol) => createHash('sha256').update(canonicalJson(protocol)).digest('hex')

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
