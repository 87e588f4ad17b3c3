import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, golden } from '../../test/oracle.ts'

type Numbers = readonly (number | null)[]
type Golden = {
  readonly answers: readonly Numbers[]
  readonly scales: readonly (readonly number[])[]
  readonly evenOdd: Numbers
  readonly p: Numbers
}
const { answers, scales, evenOdd, p } = golden<Golden>('careless')
const names = answers[0]!.map((_, k) => `q${k + 1}`)

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = answers.map((row) => row.map((answer) => answer ?? '').join(','))
  await folder.write('sheets.csv', `${names.join(',')}\n\n${lines.join('\n')}\n`)
  await folder.write('scales.csv', `scale,item\n${scales.flatMap((own, k) => own.map((item) => `s${k},q${item + 1}`)).join('\n')}\n`)
  await folder.write('wrong.csv', 'scale,item\na,q1\na,q2\nb,q99\n')
  await folder.write('short.csv', 'scale,item\na,q1\na,q2\nb,q3\n')
})
afterAll(folder.remove)

const asked = (...more: readonly string[]) =>
  folder.run('careless', '--data', folder.path('sheets.csv'), '--items', names.join(','), '--reverse', 'q8,q11,q14', ...more)

test('--json has every value of every respondent, with the row it stands in', async () => {
  const { output } = await asked('--scales', folder.path('scales.csv'), '--cuts', 'long-string>6,mahalanobis-p<0.001', '--json')
  const found = JSON.parse(output)
  expect(found.rows.slice(0, 2)).toEqual([3, 4])
  expectClose(found.mahalanobis.p[1], p[1]!, 1e-10)
  expectClose(found.evenOdd.values[3], evenOdd[3]!, 1e-10)
  expect(found.flags.flagged.slice(0, 4)).toEqual([true, true, true, false])
})

test('the table tells how the indices are spread and who is marked, and that nobody is taken out', async () => {
  const { output } = await asked('--cuts', 'long-string > 6')
  expect(output).toMatch(/long-string\s+60/)
  expect(output).toContain('cuts of the plan: 2 of 60 respondents pass 1 or more')
  expect(output).toContain('Rows marked: 3, 47.')
  expect(output).toContain('Nobody is taken out.')
  expect(output).not.toMatch(/undefined|NaN|null/)
})

test.each([
  [['--cuts', 'longest>6'], '--cuts takes long-string or average-string or'],
  [['--cuts', 'long-string=6'], '--cuts takes a measure, > or < and a number'],
  [['--scales', 'wrong.csv'], 'wrong.csv row 4, column item: q99 is not among --items'],
  [['--scales', 'short.csv'], 'short.csv: the scale b has one item, two are needed'],
  [['--at-least', '0'], '--at-least takes a whole number from 1, got 0'],
  [['--synonyms', '1.2'], '--synonyms takes a correlation between -1 and 1, got 1.2'],
  [['--min', '1', '--max', '4'], 'sheets.csv row 6, column q1: 5 is not from 1 to 4'],
])('%j is refused in one sentence', async (more, sentence) => {
  const { code, errors } = await asked(...more.map((word) => (word.endsWith('.csv') ? folder.path(word) : word)))
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})
