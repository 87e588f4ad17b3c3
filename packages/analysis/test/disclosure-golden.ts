/** The disclosure golden, made by brute force over all pairs of records with the risks to 40 digits. */
import type { Cell, Rows } from '../src/disclosure/equivalence-classes.ts'
import { golden } from './oracle.ts'

type Case = {
  readonly name: string
  readonly rows: Rows
  readonly weights: readonly number[]
  readonly sensitive: readonly Cell[]
  readonly sizes: readonly number[]
  readonly populations: readonly number[]
  readonly k: number
  readonly sampleUniques: number
  readonly populationUniques: number
  readonly expectedPopulationUniques: number
  readonly prosecutor: number
  readonly journalist: number
  readonly journalistMaximum: number
  readonly prosecutorAbove: readonly number[]
  readonly risks: readonly number[]
  readonly expected: number
  readonly distinct: number
  readonly entropy: number
  readonly recursive: readonly { readonly c: number; readonly l: number }[]
  readonly equal: number
  readonly ordered: number
  readonly uniqueAnswers: number
}
type Golden = {
  readonly cases: readonly Case[]
  readonly classRisks: readonly { readonly f: number; readonly population: number; readonly risk: number }[]
}

const { cases, classRisks } = golden<Golden>('disclosure')

export { classRisks }
export const named = cases.map((one) => [one.name, one] as const)
