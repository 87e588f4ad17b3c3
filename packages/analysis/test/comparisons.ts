/** R's numbers for comparisons of two arms and of two waves. */
import { golden } from './oracle.ts'

type Numbers = Readonly<Record<string, number>>
type Pair = readonly [number, number]
type Change = { readonly estimate: number; readonly corrected: number; readonly interval: Pair }
type Effect = { readonly estimate: number; readonly approximate: number; readonly standardError: number }
type Arm = { readonly before: number[]; readonly after: number[] }
type Comparisons = {
  readonly two_samples: readonly {
    readonly name: string
    readonly first: number[]
    readonly second: number[]
    readonly student: Numbers
    readonly d: number
    readonly d_interval: Pair
    readonly glass: number
    readonly glass_interval: Pair
    readonly rank_sum: { readonly statistic: number; readonly p: number }
    readonly equivalence: Readonly<Record<'bound' | 'lowerStatistic' | 'lowerP' | 'upperStatistic' | 'upperP', number>> & {
      readonly interval: Pair
    }
  }[]
  readonly paired: readonly (Arm &
    Readonly<Record<'dz' | 'drm' | 'dav' | 'dRootMeanSquare' | 'dBefore', Change>> & {
      readonly name: string
      readonly correlation: number
      readonly signed_rank: { readonly statistic: number; readonly p: number }
    })[]
  readonly pre_post_control: readonly (Readonly<Record<'ppc1' | 'ppc2' | 'ppc3', Effect>> & {
    readonly name: string
    readonly programme: Arm
    readonly control: Arm
    readonly correlation: number
  })[]
  readonly ancova: readonly {
    readonly name: string
    readonly programme: Arm & { readonly age?: number[] }
    readonly control: Arm & { readonly age?: number[] }
    readonly effect: Numbers
    readonly covariates: readonly Numbers[]
    readonly df: number
    readonly means: Readonly<Record<'estimate' | 'standardError' | 'lower', Pair>>
    readonly g: number
    readonly approximate: number
    readonly gError: number
    readonly sigma: number
    readonly rSquared: number
    readonly slopes: { readonly statistic: number; readonly p: number }
  }[]
  readonly adjusted: readonly {
    readonly name: string
    readonly p: number | readonly (number | null)[]
    readonly adjusted: Readonly<Record<string, number | readonly (number | null)[]>>
  }[]
}

const { two_samples, paired, pre_post_control, adjusted, ancova } = golden<Comparisons>('comparisons')
const named = <T extends { readonly name: string }>(cases: readonly T[]) => cases.map((one) => [one.name, one] as const)
export const twoSampleCases = named(two_samples)
export const pairedCases = named(paired)
export const prePostControlCases = named(pre_post_control)
export const adjustedCases = named(adjusted)
export const ancovaCases = named(ancova)
