/**
 * Streams of random numbers, one for each purpose and all from one seed: leaving out an instrument or a wave changes nothing else. The
 * generator has 128 bits of state (sfc32 of Chris Doty-Humphrey's PractRand, public domain), so that 500 trials do not share numbers.
 * Simulated study, not real data (模拟研究·非真实数据).
 */
export type Random = () => number

const stirred = (text: string, start: number): number => {
  let hash = start
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Uniform on [0, 1): the same seed and purpose give the same numbers. */
export const stream = (seed: number, purpose: string): Random => {
  const text = `${seed} ${purpose}`
  let [a, b, c, count] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162].map((start) => stirred(text, start)) as [
    number,
    number,
    number,
    number,
  ] // four starts, four words
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 20; warm += 1) next()
  return next
}

export const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The place of the first share that a uniform number does not pass; shares sum to 1. */
export const placeIn = (shares: readonly number[], at: number): number => {
  let passed = 0
  const place = shares.findIndex((share) => {
    passed += share
    return at < passed
  })
  return place === -1 ? shares.length - 1 : place
}
