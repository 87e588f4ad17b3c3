import { expect, test } from 'vitest'
import { parseFormula } from './parse-formula.ts'
import { sumsHeader, sumsSql } from './sums-sql.ts'

const levels = new Map([['arm', ['control', "head's"]]])
const sql = sumsSql({ formula: parseFormula('post ~ `a"b` + arm'), cluster: 'school', table: 'study.pupil', levels })

test('the sums of two columns are their size, means and cross products', () => {
  expect(sumsHeader(2)).toEqual(['cluster', 'n', 'mean_1', 'mean_2', 'product_1_1', 'product_2_1', 'product_2_2'])
})

test('one SELECT answers the columns of the header, in order', () => {
  const answered = [...sql.matchAll(/ AS (mean_\d|product_\d_\d)/g)].map(([, name]) => name)
  expect(['cluster', 'n', ...answered]).toEqual(sumsHeader(3))
  expect(sql).toContain('GROUP BY cluster')
})

test('names and levels are quoted, and rows with a missing value left out', () => {
  expect(sql).toContain('CAST("a""b" AS float8) AS x1, -- a"b')
  expect(sql).toContain(`CAST("arm" AS varchar) = 'head''s' THEN 1e0`)
  expect(sql).toContain('FROM "study"."pupil"')
  expect(sql).toContain('"school" IS NOT NULL\n    AND "a""b" IS NOT NULL\n    AND "arm" IS NOT NULL\n    AND "post" IS NOT NULL')
})

test('a name that breaks the line cannot leave its comment', () => {
  const broken = sumsSql({ formula: parseFormula('y ~ `x\n; drop`'), cluster: 's', table: 't', levels: new Map() })
  expect(broken).toContain('-- x ; drop\n')
})
