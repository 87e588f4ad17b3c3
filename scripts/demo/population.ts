// The made-up population: how distressed each pupil is, before and after, and the effect that is really in the answers.
import { type Definition, expectedPopulationScore, seededRandom } from '@tongxing/instruments'
import { normalQuantile } from '@tongxing/instruments/normal'

// Latent distress has mean 0 and standard deviation 1; the parts of a pupil's are her school, herself, and the day.
const share = { school: 0.03, lasting: 0.57, day: 0.4 } as const
/** What the programme does: the latent mean after it, in standard deviations. */
export const latentEffect = -0.55
export const skipRate = 0.004

export type Latent = { readonly baseline: number; readonly post: number }

/** The latent values of a school's pupils; the programme lowers the second one. */
export const latentsOfSchool = (seed: number, pupils: number, programme: boolean): readonly Latent[] => {
  const random = seededRandom(seed)
  const normal = () => normalQuantile(Math.min(Math.max(random(), 1e-12), 1 - 1e-12))
  const school = Math.sqrt(share.school) * normal()
  return Array.from({ length: pupils }, () => {
    const lasting = school + Math.sqrt(share.lasting) * normal()
    const day = () => Math.sqrt(share.day) * normal()
    return { baseline: lasting + day(), post: lasting + day() + (programme ? latentEffect : 0) }
  })
}

/** The true effect in points of a scale: the exact expectation with the programme minus the one without. */
export const trueEffect = (definition: Definition, scale: string): number => {
  const expected = (mean: number) => expectedPopulationScore(definition, scale, { mean, standardDeviation: 1 })
  return expected(latentEffect) - expected(0)
}
