import { placeDraw, type Random } from './random-draws.ts'

/** Beyond this, recipients choose among a random part of the donors: nearness gains nothing from more. */
const mostCompared = 1000

/** Donors with one prediction are alike: `starts` are where each such group begins in the order. */
const groupsOf = (donors: Float64Array) => {
  const order = new Int32Array(donors.length).map((_, place) => place).sort((a, b) => donors[a]! - donors[b]!)
  const starts = order.map((_, at) => at).filter((at) => at === 0 || donors[order[at]!]! > donors[order[at - 1]!]!)
  const values = new Float64Array(starts.length).map((_, group) => donors[order[starts[group]!]!]!)
  return { order, starts, values }
}

const firstAtLeast = (values: Float64Array, wanted: number): number => {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Predictions as one number: from the recipient outwards, group by group, to the group that holds the drawn neighbour; any of it is as near. */
const nearestOnLine = (donors: Float64Array, recipients: Float64Array, count: number, random: Random): Int32Array => {
  const { order, starts, values } = groupsOf(donors)
  const sizeOf = (group: number) => (starts[group + 1] ?? order.length) - starts[group]!
  return Int32Array.from(recipients, (wanted) => {
    let left = placeDraw(count, random)
    let right = firstAtLeast(values, wanted)
    let below = right - 1
    for (;;) {
      const [down, up] = [wanted - (values[below] ?? Number.NEGATIVE_INFINITY), (values[right] ?? Number.POSITIVE_INFINITY) - wanted]
      const group = down < up ? below : right
      if (left < sizeOf(group)) return order[starts[group]! + placeDraw(sizeOf(group), random)]!
      left -= sizeOf(group)
      if (down < up) below -= 1
      else right += 1
    }
  })
}

const sampled = (all: number, random: Random): Int32Array => {
  const places = Int32Array.from({ length: all }, (_, place) => place)
  const kept = Math.min(all, mostCompared)
  for (let k = 0; k < kept; k += 1) {
    const other = k + placeDraw(all - k, random)
    ;[places[k], places[other]] = [places[other]!, places[k]!]
  }
  return places.subarray(0, kept)
}

/** Predictions as several numbers, as of a factor with several levels: by squared distance. The donors are shuffled and each recipient begins elsewhere, so ties fall by chance. */
const nearestInSpace = (
  donors: readonly Float64Array[],
  recipients: readonly Float64Array[],
  count: number,
  random: Random,
): Int32Array => {
  const compared = sampled(donors[0]!.length, random)
  return Int32Array.from(recipients[0]!, (_, row) => {
    const start = placeDraw(compared.length, random)
    const [places, distances] = [new Int32Array(count), new Float64Array(count).fill(Number.POSITIVE_INFINITY)]
    for (let step = 0; step < compared.length; step += 1) {
      const place = compared[(start + step) % compared.length]!
      let distance = 0
      for (let k = 0; k < donors.length; k += 1) distance += (donors[k]![place]! - recipients[k]![row]!) ** 2
      for (let at = count - 1; at >= 0 && distance < distances[at]!; at -= 1) {
        if (at < count - 1) [places[at + 1], distances[at + 1]] = [places[at]!, distances[at]!]
        ;[places[at], distances[at]] = [place, distance]
      }
    }
    return places[placeDraw(count, random)]!
  })
}

/**
 * For each recipient the place of one donor, drawn among the `count` whose predictions lie nearest: predictive mean matching.
 * What is imputed has been observed somewhere, so ranges, steps and skewness stay as they are. Not where no observed case is like the missing ones.
 * @param donors @param recipients predictions, one array a dimension
 * Source: Little 1988, doi:10.1080/07350015.1988.10509663; Morris et al. 2014, doi:10.1186/1471-2288-14-75 (five donors).
 */
export const matchedDonors = (
  donors: readonly Float64Array[],
  recipients: readonly Float64Array[],
  count: number,
  random: Random,
): Int32Array => {
  const fewer = Math.min(count, donors[0]!.length, mostCompared)
  return donors.length === 1 ? nearestOnLine(donors[0]!, recipients[0]!, fewer, random) : nearestInSpace(donors, recipients, fewer, random)
}
