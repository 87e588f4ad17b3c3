import type { Formula } from '../formula/parse-formula.ts'
import type { Estimate, NotEstimable } from '../result.ts'
import type { Columns } from './completed-model.ts'
import type { Imputed } from './multiple-imputation.ts'
import { pooledModel } from './pooled-model.ts'

const shiftedArms = ['programme', 'control', 'both'] as const
type ShiftedArm = (typeof shiftedArms)[number]
type DeltaPoint = Estimate & { readonly shifted: ShiftedArm; readonly delta: number }
type TippingPoint = {
  readonly shifted: ShiftedArm
  /** the shift nearest to 0 at which the interval begins or ceases to hold 0; null when none in the range does */
  readonly delta: number | null
}
export type DeltaSeries = {
  readonly kind: 'estimated'
  readonly method: 'delta-adjusted-imputation'
  readonly outcome: string
  readonly term: string
  /** how many values were imputed, and so shifted */
  readonly imputed: { readonly programme: number; readonly control: number }
  readonly points: readonly DeltaPoint[]
  readonly tippingPoints: readonly TippingPoint[]
}
export type DeltaQuestion = {
  readonly formula: Formula
  readonly clusters: readonly string[] | null
  /** the coefficient whose fate is asked, by its name in the model */
  readonly term: string
  /** null for a row of a third arm, which is never moved */
  readonly inProgramme: readonly (boolean | null)[]
  readonly deltas: readonly number[]
}
type Fit = (delta: number) => Estimate | NotEstimable

const shifts = { programme: [true], control: [false], both: [true, false] } as const

/** The completed tables with every imputed outcome of these arms moved by delta. */
const moved = ({ tables, missing }: Imputed, outcome: string, rows: readonly boolean[], delta: number): readonly Columns[] =>
  tables.map((table) => {
    const data = table.get(outcome)
    if (data?.kind !== 'numbers') throw new Error(`deltaSeries requires an outcome of numbers, ${outcome} is none`)
    const holes = missing.get(outcome)!
    const values = data.values.map((value, row) => (holes[row] && rows[row] ? value + delta : value))
    return new Map([...table, [outcome, { kind: 'numbers', values }]])
  })

const bisections = 25
const holdsZero = ({ interval }: Estimate): boolean => interval.lower <= 0 && interval.upper >= 0

/** Where between two shifts the verdict changes. */
const turning = (fit: Fit, verdict: boolean, same: number, other: number): number => {
  let [near, far] = [same, other]
  for (let step = 0; step < bisections; step += 1) {
    const middle = (near + far) / 2
    const found = fit(middle)
    if ('kind' in found) break
    if (holdsZero(found) === verdict) near = middle
    else far = middle
  }
  return far
}

const tipping = (fit: Fit, points: readonly { readonly delta: number; readonly holds: boolean }[], verdict: boolean): number | null => {
  const ends = [1, -1].flatMap((side) => {
    const own = points.filter(({ delta }) => delta * side > 0).sort((a, b) => Math.abs(a.delta) - Math.abs(b.delta))
    const place = own.findIndex(({ holds }) => holds !== verdict)
    return place < 0 ? [] : [turning(fit, verdict, own[place - 1]?.delta ?? 0, own[place]!.delta)]
  })
  return ends.sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null
}

/**
 * How an effect would change had the pupils without an outcome fared worse or better than those like them: every imputed outcome of the programme arm, of the control
 * arm, or of both is moved by delta points, over a range, and the analysis pooled anew. No estimate of the truth: delta is chosen, never learnt from the data.
 * The shift comes after the imputation, so other imputed columns do not move with it; a shifted score may leave the range of its scale.
 * @param imputed tables; @param question formula, coefficient, arms, shifts in points of the outcome; 0 is always among them; @param level of the intervals
 * @returns the effect at each shift, and the tipping points. Not-estimable when the model is. Throws when the model has no such coefficient.
 * Source: Cro et al. 2020, doi:10.1002/sim.8569; Carpenter & Kenward 2013, doi:10.1002/9781119942283, ch. 10.
 * Example: deltaSeries(imputed, { formula, clusters, term: 'armprogramme', inProgramme, deltas: [0, 1, 2] }).tippingPoints[0].delta
 */
export const deltaSeries = (
  imputed: Imputed,
  { formula, clusters, term, inProgramme, deltas }: DeltaQuestion,
  level = 0.95,
): DeltaSeries | NotEstimable => {
  const { outcome } = formula
  const holes = imputed.missing.get(outcome)
  if (!holes) throw new Error(`deltaSeries requires the column ${outcome} among the imputed`)
  const fitOf = (shifted: ShiftedArm): Fit => {
    const rows = inProgramme.map((own) => shifts[shifted].some((arm) => arm === own))
    return (delta) => {
      const model = pooledModel(moved(imputed, outcome, rows, delta), formula, clusters, level)
      if (model.kind === 'not-estimable') return model
      const found = model.terms.find(({ name }) => name === term)
      if (!found)
        throw new Error(`deltaSeries requires the coefficient ${term}, the model has ${model.terms.map(({ name }) => name).join(', ')}`)
      const { estimate, standardError, df, statistic, p, interval } = found
      return { estimate, standardError, df, statistic, p, interval }
    }
  }
  const asked = [...new Set([0, ...deltas])].sort((a, b) => a - b)
  const points: DeltaPoint[] = []
  const tippingPoints: TippingPoint[] = []
  for (const shifted of shiftedArms) {
    const fit = fitOf(shifted)
    const own: DeltaPoint[] = []
    for (const delta of asked) {
      const found = fit(delta)
      if ('kind' in found) return found
      own.push({ shifted, delta, ...found })
    }
    points.push(...own)
    const verdict = holdsZero(own.find(({ delta }) => delta === 0)!)
    tippingPoints.push({
      shifted,
      delta: tipping(
        fit,
        own.map((one) => ({ delta: one.delta, holds: holdsZero(one) })),
        verdict,
      ),
    })
  }
  const count = (arm: boolean) => inProgramme.filter((own, row) => own === arm && holes[row]).length
  return {
    kind: 'estimated',
    method: 'delta-adjusted-imputation',
    outcome,
    term,
    imputed: { programme: count(true), control: count(false) },
    points,
    tippingPoints,
  }
}
