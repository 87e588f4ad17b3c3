import { type Estimate, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { independent, unstructured } from './covariance-factor.ts'
import { type NestedEstimate, nestedContrasts } from './nested-contrasts.ts'
import { type FittedTerm, nestedFit } from './nested-fit.ts'
import { groupsOf, nestedRefusal } from './nested-groups.ts'
import { nestedSums } from './nested-sums.ts'
import type { WaldTest } from './sandwich.ts'

export type WaveRow = {
  readonly school: string
  readonly pupil: string
  readonly arm: string
  readonly wave: string
  /** null where it is missing: the row is left out and counted */
  readonly score: number | null
  /** of the pupil, when it is a covariate and not a wave */
  readonly baseline?: number | null
}
type WavesAsked = {
  /** in order, the first being what change is counted from */
  readonly waves: readonly string[]
  readonly control: string
  readonly level?: number
}
/** The arm against control: of change from the first wave to this one, or with a baseline at this wave. */
type WaveContrast = {
  readonly wave: string
  readonly arm: string
  readonly kenwardRoger: Estimate
  readonly satterthwaite: Estimate | null
}
export type WaveContrasts = {
  readonly kind: 'estimated'
  readonly method: 'repeated-measures-reml-kenward-roger'
  readonly firstWave: string
  readonly control: string
  readonly adjustedForBaseline: boolean
  readonly n: number
  readonly missing: number
  readonly schools: number
  readonly pupils: number
  readonly contrasts: readonly WaveContrast[]
  /** whether these contrasts are zero together */
  readonly joint: WaldTest | null
  readonly varianceComponents: Readonly<Record<'school' | 'schoolWave' | 'pupil' | 'residual', number>>
  readonly logLik: number
  readonly warnings: readonly Warning[]
}

const fewSchools = 20

type Design = { readonly names: readonly string[]; readonly columns: readonly Float64Array[] }

/** wave * arm + baseline, the first wave and control being the reference; names are JSON of [wave, arm]. */
const designOf = (rows: readonly WaveRow[], later: readonly string[], arms: readonly string[], adjusted: boolean): Design => {
  const pairs = [...later.map((wave) => [wave, null]), ...arms.map((arm) => [null, arm]), ...later.flatMap((w) => arms.map((a) => [w, a]))]
  const dummies = pairs.map(([wave, arm]) =>
    Float64Array.from(rows, (row) => Number((wave === null || row.wave === wave) && (arm === null || row.arm === arm))),
  )
  const baseline = adjusted ? [Float64Array.from(rows, (row) => row.baseline!)] : []
  return { names: [...pairs.map((pair) => JSON.stringify(pair)), ...baseline.map(() => 'baseline')], columns: [...dummies, ...baseline] }
}

const ones = (size: number) => Array.from({ length: size }, () => new Array<number>(size).fill(1))
const identity = (size: number) => ones(size).map((row, i) => row.map((_, j) => Number(i === j)))

/** Pupils within schools, and the waves of a school, which its pupils share. */
const termsOf = (fixed: number, waves: number): readonly FittedTerm[] => {
  const pupil = unstructured(1)
  const school = independent([ones(waves), identity(waves)])
  const indicators = Array.from({ length: waves }, (_, k) => fixed + k)
  return [
    { columns: [0], bases: pupil.bases, parametrisation: pupil, sizes: [1] },
    { columns: indicators, bases: school.bases, parametrisation: school, sizes: indicators.map(() => 1) },
  ]
}

const tested = ({ estimate, kenwardRoger, satterthwaite }: NestedEstimate) =>
  kenwardRoger && {
    kenwardRoger: { estimate, ...kenwardRoger },
    satterthwaite: satterthwaite && { estimate, ...satterthwaite },
  }

/**
 * What the arms of a trial allocated by school differ by over two and more waves: the mixed model wave × arm (+ baseline) with random effects of the
 * school, of the school at each wave, and of the pupil, by REML. The school's effect at a wave is there because arms are given to schools: without it
 * the change of one school counts as that of many independent pupils. A pupil seen at some waves only counts with these (right when missing at random).
 * Not for one wave, binary outcomes, or arms given to pupils of one school.
 * @param rows one per pupil and wave, ids of pupils unique within a school; rows of waves not asked for are passed over
 * @returns each later wave by each other arm, in points of the score; with `baseline` in the rows the difference at each wave, the first one too.
 * Not-estimable when schools, rows or variation do not suffice. Source: Fitzmaurice et al. 2011, doi:10.1002/9781119513469; Hooper et al. 2016, doi:10.1002/sim.7028.
 * Example: waveContrasts(rows, { waves: ['baseline', 'post', 'follow-up'], control: 'control' }).contrasts[1].kenwardRoger.interval
 */
export const waveContrasts = (all: readonly WaveRow[], { waves, control, level = 0.95 }: WavesAsked): WaveContrasts | NotEstimable => {
  const asked = all.filter(({ wave }) => waves.includes(wave))
  const adjusted = asked.some(({ baseline }) => baseline !== undefined)
  const rows = asked.filter(({ score, baseline }) => score !== null && !(adjusted && (baseline ?? null) === null))
  const seen = waves.filter((wave) => rows.some((row) => row.wave === wave))
  const arms = [...new Set(rows.map(({ arm }) => arm))].filter((arm) => arm !== control)
  if (arms.length === 0 || !rows.some(({ arm }) => arm === control)) return notEstimable('arm-without-pupils')
  const schools = groupsOf(rows.map(({ school }) => school))
  const pupils = groupsOf(
    rows.map(({ school }) => school),
    rows.map(({ pupil }) => pupil),
  )
  if (schools.count < 2 || pupils.count === schools.count) return notEstimable('too-few-schools')
  if (seen.length < 2 || pupils.count === rows.length) return notEstimable('too-few-values')
  const [first = '', ...later] = seen
  const { names, columns } = designOf(rows, later, arms, adjusted)
  const sums = nestedSums({
    groups: [pupils, schools],
    covariates: columns,
    extras: seen.map((wave) => Float64Array.from(rows, (row) => Number(row.wave === wave))),
    outcome: Float64Array.from(rows, ({ score }) => score!),
  })
  const refused = nestedRefusal(sums)
  if (refused) return refused
  const terms = termsOf(sums.fixed, seen.length)
  const fit = nestedFit(sums, terms, 'REML')
  if (!fit) return notEstimable('collinear')
  const { point } = fit
  if (!(point.residualSum > 1e-12 * sums.n)) return notEstimable('no-variation-within-schools')
  const { estimateOf, jointOf } = nestedContrasts(sums, terms, fit, level)
  const combinations = [...(adjusted ? [null] : []), ...later].flatMap((wave) =>
    arms.map((arm) => {
      const parts = [wave === null ? null : JSON.stringify([wave, arm]), adjusted ? JSON.stringify([null, arm]) : null]
      return { wave: wave ?? first, arm, weights: [0, ...names.map((name) => Number(parts.includes(name)))] }
    }),
  )
  const contrasts = combinations.map(({ wave, arm, weights }): WaveContrast | null => {
    const found = tested(estimateOf(weights))
    return found && { wave, arm, ...found }
  })
  const complete = contrasts.filter((one) => one !== null)
  if (complete.length < contrasts.length) return notEstimable('too-few-schools')
  const residual = (point.residualSum / point.free) * sums.scale.at(-1)! ** 2
  const [pupil = 0, school = 0, schoolWave = 0] = point.phi.map((phi) => phi * residual)
  return {
    kind: 'estimated',
    method: 'repeated-measures-reml-kenward-roger',
    firstWave: first,
    control,
    adjustedForBaseline: adjusted,
    n: rows.length,
    missing: asked.length - rows.length,
    schools: schools.count,
    pupils: pupils.count,
    contrasts: complete,
    joint: jointOf(combinations.map(({ weights }) => weights)),
    varianceComponents: { school, schoolWave, pupil, residual },
    logLik: -point.deviance / 2,
    warnings: [
      ...([pupil, school, schoolWave].some((variance) => variance === 0) ? ['singular-fit' as const] : []),
      ...(schools.count < fewSchools ? ['few-schools' as const] : []),
    ],
  }
}
