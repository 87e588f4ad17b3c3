// Readings of a protocol that its page needs.
import type { Protocol, Trial } from '../wire.ts'

type Entry = Protocol['waves'][number]['battery'][number]

export const isTrial = (protocol: Protocol): protocol is Trial => protocol.kind !== 'screening'

/** Every instrument that some wave asks, once. */
export const batteryOf = (protocol: Protocol): readonly Entry[] => {
  const entries = protocol.waves.flatMap((wave) => wave.battery)
  return entries.filter(
    (entry, position) =>
      entries.findIndex((other) => other.instrument === entry.instrument && other.version === entry.version) === position,
  )
}

export const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${Math.floor((100 * part) / whole)}%`)
