/** Draws from the distributions that imputation needs, all from one uniform generator so that a seed repeats them. */
export type Random = () => number

/** One standard normal value (Box & Muller 1958). Two uniforms each, so that the order of the draws is plain to see. */
export const normalDraw = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** One value of χ² with df > 0, by Marsaglia and Tsang's gamma (2000), doi:10.1145/358407.358414. Throws when df is not positive. */
export const chiSquaredDraw = (df: number, random: Random): number => {
  if (!(df > 0)) throw new Error(`chiSquaredDraw requires df above 0, got ${df}`)
  if (df < 2) return chiSquaredDraw(df + 2, random) * (1 - random()) ** (2 / df)
  const d = df / 2 - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalDraw(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v
  }
}

/** A whole number from 0 to below `count`. */
export const placeDraw = (count: number, random: Random): number => Math.floor(random() * count)
