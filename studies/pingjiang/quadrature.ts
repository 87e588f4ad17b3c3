/**
 * Expectations over normal values: the trapezoid rule, which for smooth functions is exact to rounding, and Hermite polynomials, which give
 * the covariance of two correlated values (Mehler's formula) and the mean of a shifted one. Simulated study, not real data (模拟研究·非真实数据).
 */
export const nodes: readonly number[] = Array.from({ length: 65 }, (_, place) => (place - 32) / 4)
const density = nodes.map((z) => Math.exp((-z * z) / 2))
const mass = density.reduce((sum, value) => sum + value, 0)
export const weights: readonly number[] = density.map((value) => value / mass)

const normalisedHermite = (order: number, z: number): number => {
  let [before, now] = [0, 1]
  for (let k = 1; k <= order; k += 1) [before, now] = [now, (z * now - Math.sqrt(k - 1) * before) / Math.sqrt(k)]
  return now
}

/** Coefficients of a function in normalised Hermite polynomials; the first is its mean. */
export const hermite = (value: (z: number) => number): readonly number[] => {
  const values = nodes.map(value)
  return Array.from({ length: 40 }, (_, order) =>
    nodes.reduce((sum, z, place) => sum + weights[place]! * values[place]! * normalisedHermite(order, z), 0),
  )
}

/** The covariance of one function of two standard normal values that correlate (Mehler's formula). */
export const covariance = (coefficients: readonly number[], correlation: number): number =>
  coefficients.reduce((sum, coefficient, order) => (order === 0 ? sum : sum + coefficient ** 2 * correlation ** order), 0)

/** The mean of a function of a standard normal value when a constant is added to the value. */
export const shiftedMean = (coefficients: readonly number[], by: number): number => {
  let [sum, power] = [0, 1]
  for (const [order, coefficient] of coefficients.entries()) {
    sum += coefficient * power
    power *= by / Math.sqrt(order + 1)
  }
  return sum
}

/** The x between two others at which a rising function reaches a value, by bisection. */
export const reaching = (target: number, value: (x: number) => number, from: number, to: number): number => {
  let [low, high] = [from, to]
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2
    if (value(middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The same for a function that is nearly linear and costly, by secants; falling or rising. */
export const nearlyLinearRoot = (target: number, value: (x: number) => number, first: number): number => {
  let [x, y, nextX] = [0, value(0) - target, first]
  for (let turn = 0; turn < 20 && Math.abs(nextX - x) > 1e-13; turn += 1) {
    const nextY = value(nextX) - target
    if (nextY === y) return nextX
    ;[x, y, nextX] = [nextX, nextY, nextX - (nextY * (nextX - x)) / (nextY - y)]
  }
  return nextX
}
