import { expect, test } from 'vitest'
import { expectClose, golden } from '../../test/oracle.ts'
import { parseFormula } from '../formula/parse-formula.ts'
import { incompleteFactor, incompleteNumbers } from './incomplete-column.ts'
import { multipleImputation } from './multiple-imputation.ts'
import { pooledModel } from './pooled-model.ts'

type Row = Readonly<Record<'school' | 'arm' | 'pre' | 'post' | 'male' | 'hint', number | null>>
type Case = {
  readonly name: string
  readonly clustered: boolean
  readonly rows: readonly Row[]
  readonly pooled: Readonly<Record<'estimate' | 'standardError' | 'lambda', readonly number[]>>
}
const { cases } = golden<{ readonly cases: readonly Case[] }>('imputation')

test.each(cases.map((one) => [one.name, one] as const))('pools to what mice pools, up to the draws: %s', (_, one) => {
  const numbers = (['pre', 'post', 'hint'] as const).map((name) =>
    incompleteNumbers(
      name,
      one.rows.map((row) => row[name] ?? null),
    ),
  )
  const factors = (['arm', 'male'] as const).map((name) =>
    incompleteFactor(
      name,
      one.rows.map((row) => (row[name] == null ? null : String(row[name]))),
    ),
  )
  const clusters = one.clustered ? one.rows.map(({ school }) => String(school)) : null
  const imputed = multipleImputation([...numbers, ...factors], clusters, { imputations: 60, iterations: 5, seed: 3 })
  if (imputed.kind !== 'imputed') throw new Error(imputed.reason)
  const formula = parseFormula(one.clustered ? 'post ~ pre + arm + male + (1 | school)' : 'post ~ pre + arm + male')
  const found = pooledModel(imputed.tables, formula, clusters)
  if (found.kind !== 'estimated') throw new Error(found.reason)
  expect(found.method).toBe(one.clustered ? 'reml-kenward-roger' : 'least-squares')
  for (const [k, { estimate, standardError }] of found.terms.entries()) {
    const [wanted, error] = [one.pooled.estimate[k]!, one.pooled.standardError[k]!]
    expect(Math.abs(estimate - wanted), `${found.terms[k]!.name}: ${estimate} against ${wanted} ± ${error}`).toBeLessThan(error / 4)
    expectClose(standardError, error, 0.12, found.terms[k]!.name)
  }
})

test('two tables at least, and a standard error above zero in each', () => {
  const table = new Map([['y', { kind: 'numbers' as const, values: Float64Array.of(1, 2, 4, 3) }]])
  expect(pooledModel([table], parseFormula('y ~ 1'), null)).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  const same = new Map([['y', { kind: 'numbers' as const, values: Float64Array.of(2, 2, 2, 2) }]])
  expect(pooledModel([same, same], parseFormula('y ~ 1'), null)).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})
