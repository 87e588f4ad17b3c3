import { describe } from '../describe.ts'
import type { NotEstimable } from '../result.ts'
import { type BalanceGrade, numberDifference, type StandardisedDifference, shareDifference } from './standardised-difference.ts'

/** One value a pupil; a covariate of numbers with exactly two values is taken for a grouping. */
export type Covariate =
  | { readonly name: string; readonly kind: 'numbers'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly kind: 'groups'; readonly values: readonly (string | null)[] }

/** For a level of a grouping `mean` is its share and there is no standard deviation. */
type ArmSummary = {
  readonly n: number
  readonly missing: number
  readonly mean: number | null
  readonly standardDeviation: number | null
}
type BalanceRow = {
  readonly name: string
  /** the level against all others; null for numbers */
  readonly level: string | null
  readonly programme: ArmSummary
  readonly control: ArmSummary
  readonly difference: StandardisedDifference | NotEstimable
}
export type BaselineBalance = {
  readonly kind: 'estimated'
  readonly method: 'wwc-baseline-equivalence'
  readonly n: { readonly programme: number; readonly control: number }
  readonly rows: readonly BalanceRow[]
  /** of the largest difference; null where none could be estimated */
  readonly worst: BalanceGrade | null
}

const byArm = <T>(inProgramme: readonly boolean[], values: readonly T[]) => ({
  programme: values.filter((_, pupil) => inProgramme[pupil]),
  control: values.filter((_, pupil) => !inProgramme[pupil]),
})

const numbersRow = (name: string, inProgramme: readonly boolean[], values: readonly (number | null)[]): BalanceRow => {
  const arms = byArm(inProgramme, values)
  const [programme, control] = [arms.programme, arms.control].map((own) => own.filter((value) => value !== null))
  const summary = (own: readonly number[], all: number): ArmSummary => ({ ...describe(own), missing: all - own.length })
  return {
    name,
    level: null,
    programme: summary(programme!, arms.programme.length),
    control: summary(control!, arms.control.length),
    difference: numberDifference(programme!, control!),
  }
}

const levelRow = (name: string, level: string, inProgramme: readonly boolean[], values: readonly (string | null)[]): BalanceRow => {
  const arms = byArm(inProgramme, values)
  const counted = (own: readonly (string | null)[]) => {
    const present = own.filter((value) => value !== null)
    return { events: present.filter((value) => value === level).length, n: present.length, missing: own.length - present.length }
  }
  const [programme, control] = [counted(arms.programme), counted(arms.control)]
  const summary = ({ events, n, missing }: typeof programme): ArmSummary => ({
    n,
    missing,
    mean: n === 0 ? null : events / n,
    standardDeviation: null,
  })
  return { name, level, programme: summary(programme), control: summary(control), difference: shareDifference(programme, control) }
}

/** Levels in order, as numbers where all of them are. */
const levelsOf = (values: readonly (string | null)[]): readonly string[] => {
  const levels = [...new Set(values.filter((value) => value !== null))]
  return levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level)))
    ? levels.sort((a, b) => Number(a) - Number(b))
    : levels.sort()
}

/** The covariate as one row of numbers, or as the levels that are compared: of two levels the later, of more each with the rest. */
export const comparedAs = (
  covariate: Covariate,
): { readonly values: readonly (string | null)[]; readonly levels: readonly string[] } | null => {
  if (covariate.kind === 'numbers' && new Set(covariate.values.filter((value) => value !== null)).size !== 2) return null
  const values = covariate.values.map((value) => (value === null ? null : String(value)))
  const levels = levelsOf(values)
  return { values, levels: levels.length === 2 ? levels.slice(1) : levels }
}

/**
 * How alike two arms are at baseline, covariate by covariate, in standard deviations, with the grades of the What Works Clearinghouse. For the table at
 * baseline and the Love plot; grade the pupils who are analysed. It tests nothing: after allocation by lot a p-value would test the lot.
 * @param inProgramme pupil by pupil; @param covariates with missing values null: each row stands on the pupils who have a value
 * @returns a row for numbers, one for a grouping of two, one a level for more. Throws when lengths differ.
 * Source: What Works Clearinghouse Standards Handbook 4.0, section II.B. Example: baselineBalance(arms, [{ name: 'age', kind: 'numbers', values }]).rows[0]
 */
export const baselineBalance = (inProgramme: readonly boolean[], covariates: readonly Covariate[]): BaselineBalance => {
  const short = covariates.find(({ values }) => values.length !== inProgramme.length)
  if (short) throw new Error(`baselineBalance requires ${inProgramme.length} values of ${short.name}, got ${short.values.length}`)
  const rows = covariates.flatMap((covariate) => {
    const groups = comparedAs(covariate)
    if (groups) return groups.levels.map((level) => levelRow(covariate.name, level, inProgramme, groups.values))
    return covariate.kind === 'numbers' ? [numbersRow(covariate.name, inProgramme, covariate.values)] : []
  })
  const grades = rows.flatMap(({ difference }) => (difference.kind === 'estimated' ? [difference.grade] : []))
  const programme = inProgramme.filter(Boolean).length
  return {
    kind: 'estimated',
    method: 'wwc-baseline-equivalence',
    n: { programme, control: inProgramme.length - programme },
    rows,
    worst: (['not-equivalent', 'adjust', 'equivalent'] as const).find((grade) => grades.includes(grade)) ?? null,
  }
}
