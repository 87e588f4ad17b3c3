import { expect, test } from 'vitest'
import { golden } from '../../test/oracle.ts'
import { designColumns, type VariableData } from './design.ts'
import { factorOf } from './factor.ts'
import { parseFormula } from './parse-formula.ts'

type Cases = {
  readonly data: readonly Readonly<Record<string, string | number>>[]
  readonly cases: readonly {
    readonly formula: string
    readonly reference: Readonly<Record<string, string>>
    readonly names: readonly string[]
    readonly rows: readonly (readonly number[])[]
  }[]
}
const { data, cases } = golden<Cases>('design')

const variables = (reference: Readonly<Record<string, string>>): ReadonlyMap<string, VariableData> => {
  const words = (column: string) => data.map((row) => String(row[column]))
  const numbers = (column: string): VariableData => ({ kind: 'numbers', values: Float64Array.from(data, (row) => Number(row[column])) })
  return new Map<string, VariableData>([
    ['z', numbers('z')],
    ['arm', factorOf(words('arm'), reference.arm ?? null)],
    ['sex', factorOf(words('sex'), reference.sex ?? null)],
    ['factor(grade)', factorOf(words('grade'), null)],
  ])
}

test.each(cases.map((one) => [one.formula, one] as const))(
  '%s has the columns of model.matrix',
  (_, { formula, reference, names, rows }) => {
    const columns = designColumns(parseFormula(formula), variables(reference))
    expect(columns.map(({ name }) => name)).toEqual(names)
    expect(data.map((_row, place) => columns.map(({ values }) => values[place]))).toEqual(rows)
  },
)

test('a column belongs to its term', () => {
  const columns = designColumns(parseFormula('x ~ z*arm'), variables({}))
  expect(columns.map(({ term }) => term)).toEqual(['z', 'arm', 'arm', 'z:arm', 'z:arm'])
})

test('a variable without data is refused', () => {
  expect(() => designColumns(parseFormula('x ~ pre'), variables({}))).toThrow('designColumns requires the data of pre')
})
