/** The standard normal distribution for the simulator: to about 1e-14, not meant for inference (see analysis). */

/** P(Z <= z) by the series of Marsaglia (2004, doi:10.18637/jss.v011.i04) near the centre and a continued fraction in the tails. */
export const normalCdf = (z: number): number => {
  const size = Math.abs(z)
  if (size > 38) return z < 0 ? 0 : 1
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (size < 5) {
    let [term, sum] = [z, z]
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k
      sum += term
    }
    return 0.5 + sum * density
  }
  let fraction = size
  for (let k = 60; k >= 1; k -= 1) fraction = size + k / fraction
  return z < 0 ? density / fraction : 1 - density / fraction
}

/** The z with P(Z <= z) = p, by bisection; p strictly between 0 and 1. */
export const normalQuantile = (p: number): number => {
  let [low, high] = [-38, 38]
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
