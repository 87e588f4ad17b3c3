import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, golden } from '../../test/oracle.ts'

type Scale = { readonly answers: readonly (readonly number[])[]; readonly omega: number }
const scale = golden<{ readonly one_factor: readonly Scale[] }>('psychometrics').one_factor[0]!

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  // the sixth item is stored turned: 8 − answer
  const lines = scale.answers.map((row) => row.map((value, k) => (k === 5 ? 8 - value : value)).join(','))
  await folder.write('sheet.csv', `q1,q2,q3,q4,q5,q6\n${lines.join('\n')}\n3,,4,1,2,2\n`)
  await folder.write('two.csv', 'a,b\n1,2\n9,x\n')
})
afterAll(folder.remove)

const all = 'q1,q2,q3,q4,q5,q6'
const asked = (...more: readonly string[]) => folder.run('reliability', '--data', folder.path('sheet.csv'), '--items', all, ...more)

test('a reversed item is turned back, and every number is there', async () => {
  const { code, output } = await asked('--reverse', 'q6', '--min', '1', '--max', '7', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({ n: scale.answers.length, leftOut: 1, reversed: ['q6'] })
  expectClose(record.omega.estimate, scale.omega, 1e-10)
  for (const key of ['alpha', 'itemStatistics', 'raterAgreement', 'standardErrorOfMeasurement']) expect(record[key].kind).toBe('estimated')
})

test('without turning it the item is named in an alarm', async () => {
  const { output } = await asked()
  expect(output).toContain('Look at the keying of q6: against the sum of the others they run the other way.')
  expect(output).toContain('1 rows with a missing answer were left out.')
  expect(output).toMatch(/ICC\(2,1\), agreement/)
})

test('an item turned between the answers given, not the ends of the scale, is said', async () => {
  expect((await asked('--reverse', 'q6')).output).toContain('Items were turned between 1 and 7, the smallest and the largest answer')
})

test.each([
  ['sheet.csv', ['--items', 'q1,q9'], 'sheet.csv has no column q9, its columns are q1, q2, q3, q4, q5, q6'],
  ['sheet.csv', ['--items', 'q1'], 'reliability needs two items or more'],
  ['sheet.csv', ['--items', 'q1,q2', '--reverse', 'q3'], '--reverse names q3, which is not among --items'],
  ['sheet.csv', ['--items', 'q1,q2', '--min', '1'], '--min and --max go together'],
  ['two.csv', ['--items', 'a,b'], 'two.csv row 3, column b: x is not a number (a number is allowed, or empty or NA for missing)'],
  ['absent.csv', ['--items', 'a,b'], 'absent.csv is no file that can be read'],
] as const)('%s %j is refused in one sentence', async (file, args, sentence) => {
  const { code, errors } = await folder.run('reliability', '--data', folder.path(file), ...args)
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})

test('an answer outside the scale is named by file, row and column', async () => {
  const { errors } = await asked('--min', '1', '--max', '6')
  expect(errors).toMatch(/^sheet\.csv row \d+, column q\d: 7 is not from 1 to 6\n$/)
})
