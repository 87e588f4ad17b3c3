// UUID version 7 (RFC 9562): 48 bits of time, a counter of 12 bits, then randomness. Made without asking the database.
type Random = (bytes: number) => Buffer

const written = (milliseconds: number, counter: number, tail: Buffer): string => {
  const time = milliseconds.toString(16).padStart(12, '0')
  const version = (0x7000 | counter).toString(16)
  const random = tail.toString('hex')
  const variant = ((tail[0]! & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}${random.slice(2, 4)}-${random.slice(4)}`
}

const enough = 4096
/** Bytes of randomness a few at a time, drawn from the system by the thousand: asking it is what takes long. */
const pooled = (random: Random): Random => {
  let pool: Buffer = Buffer.alloc(0)
  let used = 0
  return (bytes) => {
    if (used + bytes > pool.length) {
      pool = random(enough)
      used = 0
    }
    used += bytes
    return pool.subarray(used - bytes, used)
  }
}

/** A source of ids that sort in the order of their making, also within a millisecond and when the clock goes back: a roster keeps its order. */
export const orderedIds = (clock: () => Date, random: Random): (() => string) => {
  const draw = pooled(random)
  let [last, counter] = [0, 0]
  return () => {
    const now = Math.max(clock().getTime(), last)
    counter = now > last ? draw(2).readUInt16BE() & 0x7ff : counter + 1
    const full = counter > 0xfff
    last = full ? now + 1 : now
    counter = full ? 0 : counter
    return written(last, counter, draw(8))
  }
}
