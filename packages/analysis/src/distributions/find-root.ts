/**
 * The root of a continuous function between two points of opposite sign, to the last digits of a double.
 * Source: Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8. Throws when the signs are equal.
 */
export const findRoot = (f: (x: number) => number, from: number, to: number): number => {
  let [a, b] = [to, from]
  let [fa, fb] = [f(a), f(b)]
  if (fa === 0) return a
  if (fb === 0) return b
  if (Math.sign(fa) === Math.sign(fb)) throw new Error(`findRoot requires a change of sign between ${from} and ${to}`)
  let fraction = 0.5
  for (let step = 0; step < 200; step += 1) {
    const x = a + fraction * (b - a)
    const fx = f(x)
    const sameSide = Math.sign(fx) === Math.sign(fa)
    const [c, fc] = sameSide ? [a, fa] : [b, fb]
    if (!sameSide) [b, fb] = [a, fa]
    ;[a, fa] = [x, fx]
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    const tolerance = (2.3e-16 * Math.abs(best) + 1e-300) / Math.abs(b - a)
    if (fx === 0 || tolerance > 0.5) return best
    const [xi, phi] = [(a - b) / (c - b), (fa - fb) / (fc - fb)]
    const smooth = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
    const inverseQuadratic = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
    fraction = Math.min(1 - tolerance, Math.max(tolerance, smooth ? inverseQuadratic : 0.5))
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}
