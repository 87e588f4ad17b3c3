import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose } from '../../test/oracle.ts'

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  await folder.write('tables.csv', 'table,term,b,se\n1,arm,1,1\n1,pre,0.5,0.1\n2,arm,3,1\n2,pre,0.6,0.1\n')
  await folder.write('wrong.csv', 'b,se\n1,1\n2,0\n')
  await folder.write('gap.csv', 'b,se\n1,1\n,2\n')
})
afterAll(folder.remove)

const asked = (file: string, ...more: readonly string[]) =>
  folder.run('pool', '--data', folder.path(file), '--estimate', 'b', '--standard-error', 'se', ...more)

test('each term is pooled over the tables', async () => {
  const { code, output } = await asked('tables.csv', '--term', 'term', '--df', '20', '--json')
  expect(code).toBe(0)
  const { terms } = JSON.parse(output)
  expect(terms.map(({ term }: { term: string }) => term)).toEqual(['arm', 'pre'])
  expect(terms[0]).toMatchObject({ estimate: 2, standardError: 2, lambda: 0.75, imputations: 2 })
  expectClose(terms[1].estimate, 0.55, 1e-15)
})

test('the table is one line a term, and without df it takes a large sample', async () => {
  const { output } = await asked('tables.csv', '--term', 'term')
  expect(output).toMatch(/pooled by Rubin's rules\n.*missing information\n\s+arm\s+2\s+2\s+2\s+1\.7778/)
})

test.each([
  ['wrong.csv', [], 'wrong.csv row 3, column se: a standard error is above 0, got 0'],
  ['gap.csv', [], 'gap.csv row 3, column b: is empty'],
  ['tables.csv', ['--term', 'table', '--df', '0'], '--df takes a number above 0, got 0'],
] as const)('%s %j is refused in one sentence', async (file, args, sentence) => {
  const { code, errors } = await asked(file, ...args)
  expect([code, errors]).toEqual([2, `${sentence}\n`])
})
