import { mkdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { named } from '../../test/disclosure-golden.ts'
import { expectClose } from '../../test/oracle.ts'

const one = named[1]![1]
const folder = commandFolder()
const cell = (value: string | null) => value ?? 'NA'
const data = (name: string) => folder.path(name)

beforeAll(async () => {
  await folder.make()
  for (const inner of ['h', 'bad', 'gap', 'empty']) await mkdir(folder.path(inner))
  const lines = one.rows.map((row, record) => [...row, one.sensitive[record]!, String(one.weights[record])].map(cell).join())
  await folder.write('f.csv', `a,b,c,s,w\n${lines.join('\n')}\n`)
  await folder.write('h/c.csv', 'c;half;all\n0;0-1;*\n1;0-1;*\n2;2-4;*\n3;2-4;*\n4;2-4;*\n')
  await folder.write('bad/c.csv', '0,low,x\n1,low,y\n')
  await folder.write('gap/c.csv', '0,*\n1,*\n2,*\n3,*\n')
  await folder.write('empty/other.csv', '0,*\n')
  await folder.write('weights.csv', 'a,w\n1,2\n1,0\n')
})
afterAll(folder.remove)

const asked = (...more: readonly string[]) => folder.run('disclosure', '--data', data('f.csv'), '--quasi', 'a,b,c', ...more)

test('PRIV-08: --json states k, l, t, the risks and the uniques with every digit', async () => {
  const { code, output } = await asked('--sensitive', 's', '--weights', 'w', '--answers', 'a,b,c', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record.kAnonymity).toMatchObject({ k: one.k, sampleUniques: { records: one.sampleUniques } })
  expect(record.sizes).toEqual(one.sizes)
  expect(record.lDiversity).toMatchObject({ distinct: one.distinct, recursive: { c: 2 } })
  expect(record.uniqueAnswers.unique).toBe(one.uniqueAnswers)
  for (const [found, wanted] of [
    [record.reidentification.prosecutor.average, one.prosecutor],
    [record.reidentification.journalist.average, one.journalist],
    [record.individual.expected, one.expected],
    [record.tCloseness.equal, one.equal],
    [record.tCloseness.ordered, one.ordered],
  ]) {
    expectClose(found, wanted, 1e-9)
  }
  expect(record.change).toBeNull()
})

test('PRIV-08: with a k the table is brought to it, says what was done, and is written', async () => {
  const out = data('out.csv')
  const { code, output } = await asked('--k', '4', '--hierarchies', data('h'), '--sensitive', 's', '--out', out)
  expect(code).toBe(0)
  expect(output).toMatch(/What was done for k 4\n +column +level +cells taken out/)
  expect(output).toContain('A missing cell matches any value')
  const again = await folder.run('disclosure', '--data', out, '--quasi', 'a,b,c', '--json')
  expect(JSON.parse(again.output).kAnonymity.k).toBeGreaterThanOrEqual(4)
  expect((await readFile(out, 'utf8')).split('\n')[0]).toBe('a,b,c,s')
})

test('a k that cannot be reached is said, and nothing is written', async () => {
  const { code, output, errors } = await asked('--k', '81', '--out', data('never.csv'))
  expect(code).toBe(1)
  expect(output).toContain('The k that was asked for cannot be reached: there are fewer records than that.')
  expect(errors.trim()).toMatch(/^nothing was written to .*never\.csv/)
  await expect(readFile(data('never.csv'))).rejects.toThrow()
  const rare = await asked('--k', '30', '--rare', '0', '--json')
  expect(JSON.parse(rare.output).change).toMatchObject({ kind: 'impossible', reason: 'too-many-rare-records', allowed: 0 })
})

test('bad input is one sentence that names file, row and column, with exit code 2', async () => {
  const wrong = [
    [asked('--sensitive', 'a'), 'a cannot be a quasi-identifier and something else too'],
    [asked('--weights', 's'), 'f.csv row '],
    [asked('--sensitive', 'x'), 'f.csv has no column x'],
    [asked('--out', data('o.csv')), '--out needs --k or --hierarchies beside it'],
    [asked('--k', '2.5'), '--k takes a whole number of 1 or more, got 2.5'],
    [asked('--k', '2', '--rare', '2'), '--rare takes a share from 0 to 1, got 2'],
    [asked('--sensitive', 's', '--order', '1,0'), ', column s: '],
    [asked('--hierarchies', data('bad')), 'c.csv row 2, level 2: low belongs to y, but to x in row 1'],
    [asked('--hierarchies', data('gap')), 'c.csv lacks 4, which row '],
    [asked('--hierarchies', data('empty')), 'holds no hierarchy: a file named as a quasi-identifier is needed, such as a.csv'],
    [
      folder.run('disclosure', '--data', data('weights.csv'), '--quasi', 'a', '--weights', 'w'),
      'weights.csv row 3, column w: a weight is a number above 0, got 0',
    ],
    [folder.run('disclosure', '--data', data('f.csv')), 'disclosure needs --quasi'],
  ] as const
  for (const [ended, sentence] of wrong) {
    const { code, errors } = await ended
    expect(errors).toContain(sentence)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 30_000)
