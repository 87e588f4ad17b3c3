// The two pieces of Loader's saddle-point form of a density (2000, "Fast and accurate computation of binomial probabilities"):
// they replace differences of large log-gammas, which would cost ten digits at 100,000 degrees of freedom.

const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/** ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π, the error of Stirling's formula, for n > 0. Absolute error about 1e-16. */
export const stirlingError = (n: number): number => {
  let [shifted, sum] = [n, 0]
  for (; shifted < 16; shifted += 1) sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1
  const inverseSquare = 1 / (shifted * shifted)
  return sum + series.reduceRight((value, coefficient) => value * inverseSquare + coefficient, 0) / shifted
}

/** x ln(x / mean) + mean − x, where `difference` is x − mean as exactly as the caller knows it. */
export const deviance = (x: number, mean: number, difference: number): number => {
  if (x === 0) return mean
  if (Math.abs(difference) > 0.1 * (x + mean)) return x * Math.log(x / mean) - difference
  const v = difference / (x + mean)
  const square = v * v
  let [term, sum] = [2 * x * v, difference * v]
  for (let k = 3; ; k += 2) {
    term *= square
    const next = sum + term / k
    if (!(Math.abs(next - sum) > 0)) return next // also where there is no number
    sum = next
  }
}
