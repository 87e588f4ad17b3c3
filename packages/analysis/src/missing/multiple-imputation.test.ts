import { expect, test } from 'vitest'
import { incompleteTrial } from '../../test/incomplete-trial.ts'
import { parseFormula } from '../formula/parse-formula.ts'
import { completeCases } from './complete-cases.ts'
import { completedModel } from './completed-model.ts'
import { cellsOf, type IncompleteColumn, incompleteFactor, incompleteNumbers } from './incomplete-column.ts'
import { type Imputed, multipleImputation } from './multiple-imputation.ts'
import { pooledModel } from './pooled-model.ts'

const imputed = (columns: readonly IncompleteColumn[], clusters: readonly string[] | null, imputations = 3, iterations = 3): Imputed => {
  const found = multipleImputation(columns, clusters, { imputations, iterations, seed: 5 })
  if (found.kind !== 'imputed') throw new Error(found.reason)
  return found
}
const trial = incompleteTrial({ seed: 1 })

test('observed cells never change, and every hole gets a value that was observed in its column', () => {
  const { tables } = imputed(trial.columns, trial.clusters)
  for (const table of tables)
    for (const { name, data, missing } of trial.columns) {
      const [before, after] = [cellsOf(data), cellsOf(table.get(name)!)]
      const seen = new Set(before.filter((_, row) => !missing[row]))
      for (const [row, cell] of after.entries()) expect(missing[row] ? seen.has(cell) : cell === before[row], `${name} ${row}`).toBe(true)
    }
})

test('a seed repeats its tables, another gives others, and the trace has a mean and a deviation per imputation and iteration', () => {
  const of = (seed: number) => {
    const found = multipleImputation(trial.columns, trial.clusters, { imputations: 2, iterations: 4, seed })
    return found.kind === 'imputed' ? found : null
  }
  const [one, same, other] = [of(1)!, of(1)!, of(2)!]
  expect(cellsOf(same.tables[1]!.get('post')!)).toEqual(cellsOf(one.tables[1]!.get('post')!))
  expect(cellsOf(other.tables[1]!.get('post')!)).not.toEqual(cellsOf(one.tables[1]!.get('post')!))
  expect(one.chains.map(({ column }) => column).sort()).toEqual(['post', 'pre', 'sex'])
  expect(one.chains[0]!.mean.map((own) => own.length)).toEqual([4, 4])
  expect(one.chains[0]!.standardDeviation.flat().every((value) => value >= 0)).toBe(true)
})

test('over simulated trials the pooled slope is unbiased where complete cases are not, and its intervals cover', () => {
  const formula = parseFormula('post ~ pre + arm + sex + (1 | school)')
  const found = Array.from({ length: 40 }, (_, run) => {
    const { columns, clusters } = incompleteTrial({ seed: 100 + run, schools: 12, pupils: 25 })
    const pooled = pooledModel(imputed(columns, clusters, 5, 4).tables, formula, clusters)
    const complete = completeCases(columns)
    const alone = completedModel(
      complete.columns,
      formula,
      complete.rows.map((row) => clusters[row]!),
    )
    if (pooled.kind !== 'estimated' || alone.kind !== 'estimated') throw new Error('the model is estimable')
    return { pooled: pooled.terms[1]!, alone: alone.terms[1]!.estimate, icc: pooled.variances!.icc }
  })
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const bias = mean(found.map(({ pooled }) => pooled.estimate)) - 0.6
  expect(Math.abs(bias)).toBeLessThan(0.02) // Monte Carlo error 0.007
  expect(mean(found.map(({ alone }) => alone)) - 0.6).toBeLessThan(bias - 0.01)
  expect(found.filter(({ pooled }) => pooled.interval.lower < 0.6 && pooled.interval.upper > 0.6).length).toBeGreaterThanOrEqual(33)
  expect(mean(found.map(({ icc }) => icc))).toBeGreaterThan(0.07) // put in: 0.09 / 0.73
}, 60_000)

test('what a school is, is completed from the school, and a school of which nothing is known gets one value', () => {
  const size = trial.rows.map(({ school }, row) => (school === 'S3' || row % 3 === 0 ? null : 100 + Number(school.slice(1))))
  const { tables, notes } = imputed([...trial.columns, incompleteNumbers('size', size)], trial.clusters)
  expect(notes).toContainEqual({ column: 'size', note: 'completed-from-cluster' })
  const values = cellsOf(tables[0]!.get('size')!)
  for (const [row, { school }] of trial.rows.entries()) if (school !== 'S3') expect(values[row]).toBe(String(100 + Number(school.slice(1))))
  expect(new Set(values.filter((_, row) => trial.rows[row]!.school === 'S3')).size).toBe(1)
})

test('three schools are a factor and leave no column behind; without clusters there is no intercept drawn', () => {
  const few = incompleteTrial({ seed: 2, schools: 3 })
  const found = imputed(few.columns, few.clusters)
  expect([found.randomIntercept, found.clusters, [...found.tables[0]!.keys()]]).toEqual([false, 3, few.columns.map(({ name }) => name)])
  expect(imputed(few.columns, null).clusters).toBeNull()
})

test('a factor with three levels, a constant column and a copy of another are taken as they are, and said', () => {
  const three = trial.rows.map(({ pre }, row) => (row % 9 === 0 ? null : (pre ?? 0) > 0.5 ? 'high' : (pre ?? 0) < -0.5 ? 'low' : 'middle'))
  const same = trial.rows.map((_, row) => (row % 7 === 0 ? null : 4))
  const copy = trial.rows.map(({ hint }) => 2 * hint + 1)
  const extra = [incompleteFactor('three', three), incompleteNumbers('same', same), incompleteNumbers('copy', copy)]
  const { tables, notes } = imputed([...trial.columns, ...extra], trial.clusters)
  expect(notes).toContainEqual({ column: 'same', note: 'constant' })
  expect(notes).toContainEqual({ column: 'copy', note: 'no-help-as-predictor' })
  expect(new Set(cellsOf(tables[0]!.get('same')!))).toEqual(new Set(['4']))
  const completed = cellsOf(tables[0]!.get('three')!)
  const right = trial.rows.filter(({ pre }, row) => row % 9 === 0 && pre !== null && (completed[row] === 'high') === pre > 0.5)
  expect(right.length).toBeGreaterThan(trial.rows.filter(({ pre }, row) => row % 9 === 0 && pre !== null).length * 0.7)
})

test('a column that is missing wholly is named', () => {
  const empty = incompleteNumbers(
    'empty',
    trial.rows.map(() => null),
  )
  expect(multipleImputation([...trial.columns, empty], trial.clusters, { imputations: 2, iterations: 1, seed: 1 })).toEqual({
    kind: 'not-estimable',
    reason: 'too-few-values',
    column: 'empty',
  })
  expect(() => multipleImputation(trial.columns, ['S1'], { imputations: 2, iterations: 1, seed: 1 })).toThrow('200 rows in every column')
  expect(() => multipleImputation(trial.columns, null, { imputations: 0, iterations: 1, seed: 1 })).toThrow(
    'imputations of 1 or more, got 0',
  )
})
