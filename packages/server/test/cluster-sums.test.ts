import { clusterSums, parseFormula, sumsHeader, sumsSql } from '@tongxing/analysis'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from './databases.ts'

type Pupil = { readonly school: string; readonly arm: string | null; readonly pre: number | null; readonly post: number }

/** Simulated: three schools, one of a single pupil, with a large offset and two rows that miss a value. */
const pupils: readonly Pupil[] = [
  ...Array.from({ length: 41 }, (_, k) => ({
    school: k === 40 ? '丙' : k % 2 ? '甲' : "O'x",
    arm: k % 3 ? 'control' : 'programme',
    pre: 1e6 + ((k * 7) % 13) / 4,
    post: ((k * 5) % 11) / 8,
  })),
  { school: '甲', arm: null, pre: 1, post: 2 },
  { school: '甲', arm: 'control', pre: null, post: 2 },
]
const formula = parseFormula('post ~ pre*arm')
const levels = new Map([['arm', ['control', 'programme']]])

let client: Client
beforeAll(async () => {
  client = new Client({ connectionString: (await createDatabase()).url })
  await client.connect()
  await client.query('create temporary table pupils (school text, arm text, pre float8, post float8)')
  for (const { school, arm, pre, post } of pupils)
    await client.query('insert into pupils values ($1, $2, $3, $4)', [school, arm, pre, post])
})
afterAll(() => client.end())

test('the GROUP BY of the analysis reduces rows in PostgreSQL to the sums it makes of them itself', async () => {
  const { rows, fields } = await client.query(sumsSql({ formula, cluster: 'school', table: 'pupils', levels }))
  expect(fields.map(({ name }) => name)).toEqual(sumsHeader(4))
  const complete = pupils.filter(({ arm, pre }) => arm !== null && pre !== null)
  const programme = complete.map(({ arm }) => Number(arm === 'programme'))
  const pre = complete.map((pupil) => pupil.pre!)
  const own = clusterSums(
    complete.map(({ school }) => school),
    [pre, programme, pre.map((value, k) => value * programme[k]!), complete.map(({ post }) => post)].map((column) =>
      Float64Array.from(column),
    ),
  )
  expect(rows).toHaveLength(own.length)
  for (const row of rows) {
    const { n, means, centred } = own.find(({ school }) => school === row.cluster)!
    expect(Number(row.n)).toBe(n)
    for (const [i, mean] of means.entries()) {
      expect(Math.abs(row[`mean_${i + 1}`] - mean) / Math.max(1, Math.abs(mean))).toBeLessThan(1e-14)
      for (let j = 0; j <= i; j += 1) {
        const scale = Math.sqrt(centred[i]![i]! * centred[j]![j]!) || 1
        expect(Math.abs(row[`product_${i + 1}_${j + 1}`] - centred[i]![j]!) / scale).toBeLessThan(1e-8)
      }
    }
  }
})

test('a level the question does not name stops the query', async () => {
  const question = { formula, cluster: 'school', table: 'pupils', levels: new Map([['arm', ['control', 'placebo']]]) }
  await expect(client.query(sumsSql(question))).rejects.toThrow('unknown level programme')
})
