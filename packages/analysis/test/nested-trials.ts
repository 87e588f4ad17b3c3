/** The simulated trials of nested.golden.json as columns, with R's numbers. Not real data. */
import { groupsOf } from '../src/models/nested-groups.ts'
import type { NestedData } from '../src/models/nested-mixed-model.ts'
import type { Method } from '../src/models/profile.ts'
import type { WaldTest } from '../src/models/sandwich.ts'
import { golden } from './oracle.ts'

type Fit = {
  readonly coefficients: readonly {
    readonly name: string
    readonly estimate: number
    readonly standardError: number
    readonly df: number
  }[]
  readonly logLik: number
  readonly AIC: number
  readonly BIC: number
  readonly singular: boolean
}
type WithKenwardRoger = Fit & { readonly kenwardRoger: readonly { readonly standardError: number; readonly df: number }[] }
type Row = Readonly<Record<string, string | number>>
export type NestedTrial = {
  readonly name: string
  readonly formula: string
  readonly levels: readonly (readonly string[])[]
  readonly slopes: readonly boolean[]
  readonly rows: readonly Row[]
  readonly REML: WithKenwardRoger
  readonly ML: Fit
}
type Truth = {
  readonly estimates: readonly number[]
  readonly standardErrors: readonly number[]
  readonly residualVariance: number
  /** by level, the finest first: the variance, or variance, covariance and variance of the slope */
  readonly covariances: readonly (readonly number[])[]
  readonly logLik: number
}

const { cases, waves } = golden<{
  readonly cases: readonly NestedTrial[]
  readonly waves: { readonly rows: readonly Row[]; readonly REML: WithKenwardRoger; readonly joint: WaldTest }
}>('nested')
export const nestedTrials = cases
export const waveTrial = waves
export const nestedTruth = (name: string, method: Method): Truth =>
  golden<{ readonly cases: readonly ({ readonly name: string } & Readonly<Record<Method, Truth>>)[] }>('nested-truth').cases.find(
    (one) => one.name === name,
  )![method]

const column = (rows: readonly Row[], name: string) => ({
  name,
  values: Float64Array.from(rows, (row) => name.split(':').reduce((product, part) => product * Number(row[part]), 1)),
})

export const nestedData = ({ rows, levels, slopes, REML }: NestedTrial): NestedData => ({
  outcome: column(rows, 'y').values,
  covariates: REML.coefficients.slice(1).map(({ name }) => column(rows, name)),
  levels: levels.map((names, place) => ({
    name: names.toReversed().join(':'),
    groups: groupsOf(...names.map((name) => rows.map((row) => String(row[name])))),
    slopes: slopes[place] ? [column(rows, 'wave')] : [],
  })),
})
