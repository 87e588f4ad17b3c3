import { placeDraw, type Random } from './random-draws.ts'

/** Beyond this, recipients choose among a random part of the donors: nearness gains nothing from more. */
const mostCompared = 1000

/** Predictions as one number: donors in order, the recipient's neighbours found by bisection. Ties are broken by chance. */
const nearestOnLine = (donors: Float64Array, recipients: Float64Array, count: number, random: Random): Int32Array => {
  let scale = 0
  for (const value of donors) scale = Math.max(scale, Math.abs(value))
  const jitter = () => 1e-9 * scale * (random() - 0.5)
  const shaken = donors.map((value) => value + jitter())
  const order = Int32Array.from(shaken.keys()).sort((a, b) => shaken[a]! - shaken[b]!)
  return Int32Array.from(recipients, (own) => {
    const wanted = own + jitter()
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (shaken[order[middle]!]! < wanted) low = middle + 1
      else high = middle
    }
    let [left, right] = [low - 1, low]
    while (right - left - 1 < count) {
      const below = left < 0 ? Number.POSITIVE_INFINITY : wanted - shaken[order[left]!]!
      const above = right >= order.length ? Number.POSITIVE_INFINITY : shaken[order[right]!]! - wanted
      if (below < above) left -= 1
      else right += 1
    }
    return order[left + 1 + placeDraw(count, random)]!
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
