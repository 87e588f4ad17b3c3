import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  await folder.write('outcomes.csv', 'outcome,p\nPHQ-9,0.01\nGAD-7,\n自尊,0.04\nPSSS,0.03\n')
  await folder.write('wrong.csv', 'p\n0.01\n1.5\n')
})
afterAll(folder.remove)

test('p-values from a file keep their order and their gaps', async () => {
  const { code, output } = await folder.run('adjust', '--data', folder.path('outcomes.csv'), '--p', 'p', '--label', 'outcome', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({ tests: 3, labels: ['PHQ-9', 'GAD-7', '自尊', 'PSSS'], holm: [0.03, null, 0.06, 0.06] })
  expect(Object.keys(record)).toEqual(['tests', 'labels', 'p', 'holm', 'hochberg', 'hommel', 'bonferroni', 'BH', 'BY'])
})

test('p-values on the line are adjusted by the methods named, as a table', async () => {
  const { output } = await folder.run('adjust', '--p', '0.01, 0.04,NA', '--method', 'holm,BH')
  expect(output).toMatch(
    /^2 p-values, adjusted for one another\n\s+p\s+holm\s+BH\n\s+1\s+0.01\s+0.02\s+0.02\n\s+2\s+0.04\s+0.04\s+0.04\n\s+3\n$/,
  )
})

test.each([
  [['--p', '0.5,2'], '--p takes p-values from 0 to 1 with commas between, got 2'],
  [['--p', '0.5', '--method', 'Holm'], '--method takes holm or hochberg'],
  [[], 'adjust needs --p'],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, errors } = await folder.run('adjust', ...args)
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})

test('a cell that is no p-value is named by file, row and column', async () => {
  const { code, errors } = await folder.run('adjust', '--data', folder.path('wrong.csv'), '--p', 'p')
  expect([code, errors]).toEqual([2, 'wrong.csv row 3, column p: a p-value is from 0 to 1, got 1.5\n'])
})
