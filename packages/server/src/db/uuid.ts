// UUID version 7 (RFC 9562): 48 bits of time, a counter of 12 bits, then randomness. Made without asking the database.
type Random = (bytes: number) => Buffer

const written = (milliseconds: number, counter: number, tail: Buffer): string => {
  const bytes = Buffer.concat([Buffer.alloc(8), tail])
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A source of ids that sort in the order of their making, also within a millisecond and when the clock goes back: a roster keeps its order. */
export const orderedIds = (clock: () => Date, random: Random): (() => string) => {
  let [last, counter] = [0, 0]
  return () => {
    const now = Math.max(clock().getTime(), last)
    counter = now > last ? random(2).readUInt16BE() & 0x7ff : counter + 1
    const full = counter > 0xfff
    last = full ? now + 1 : now
    counter = full ? 0 : counter
    return written(last, counter, random(8))
  }
}
