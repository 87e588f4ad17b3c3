import { seededRandom } from '@tongxing/instruments'

export const names = ['arm', 'pre'] as const
/** Rows in memory, as R has them: schools by code as in a factor, and the covariates and the outcome as columns. Simulated. */
export type Trial = {
  readonly pupils: number
  readonly schools: { readonly names: readonly string[]; readonly codes: Int32Array }
  readonly columns: readonly [Float64Array, Float64Array, Float64Array]
}

/** Schools of 5 to 195 per cent of the usual size; the arm alternates. */
export const trialOf = (schools: number, usual: number): Trial => {
  const random = seededRandom(1)
  const noise = () => random() + random() + random() + random() - 2
  const sizes = Array.from({ length: schools }, () => Math.max(2, Math.round(usual * (0.05 + 1.9 * random()))))
  return filled(sizes, noise)
}

/** Schools of one size. */
export const evenTrialOf = (schools: number, size: number): Trial => {
  const random = seededRandom(2)
  return filled(new Array<number>(schools).fill(size), () => random() + random() + random() + random() - 2)
}

const filled = (sizes: readonly number[], noise: () => number): Trial => {
  const pupils = sizes.reduce((sum, size) => sum + size, 0)
  const [arm, pre, post, codes] = [new Float64Array(pupils), new Float64Array(pupils), new Float64Array(pupils), new Int32Array(pupils)]
  let row = 0
  for (const [school, size] of sizes.entries()) {
    const level = noise()
    for (const end = row + size; row < end; row += 1) {
      codes[row] = school
      arm[row] = school % 2
      pre[row] = 8 + 4 * noise()
      post[row] = 3 + 0.6 * pre[row]! - 0.8 * arm[row]! + level + 3 * noise()
    }
  }
  return { pupils, schools: { names: sizes.map((_, school) => `school ${school}`), codes }, columns: [arm, pre, post] }
}

export const forR = ({ columns: [arm, pre, post], schools }: Trial) => ({ school: Float64Array.from(schools.codes), arm, pre, post })
