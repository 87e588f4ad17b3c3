import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { planOf, planText } from '../test/plans.ts'
import { simulatedTrial } from '../test/simulated-trial.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

type Ended = { readonly code: number; readonly output: string; readonly errors: string }

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))
const run = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], (error, output, errors) => resolve({ code: error ? Number(error.code) : 0, output, errors }))
  })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongxing-analysis-'))
  for (const [name, text] of Object.entries(simulatedTrial().files)) await writeFile(join(folder, name), text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('report writes the record and both pages and prints the effect with its interval', async () => {
  const out = join(folder, 'report')
  const { code, output } = await run('report', folder, '--out', out)
  expect(code).toBe(0)
  expect(output).toMatch(
    /Simulated, not real data[\s\S]*programme − control: −?\d+\.\d\d points, 95% interval −?\d+\.\d\d to −?\d+\.\d\d, df \d+/,
  )
  expect((await readdir(out)).sort()).toEqual([
    'pictures.en',
    'pictures.zh-CN',
    'report.en.html',
    'report.en.md',
    'report.json',
    'report.zh-CN.html',
    'report.zh-CN.md',
  ])
  const text = await readFile(join(out, 'report.en.md'), 'utf8')
  const pictures = [...text.matchAll(/!\[[^\]]*\]\((pictures\.en\/[^)]+)\)/g)].map(([, name]) => name!)
  expect(pictures.length).toBeGreaterThan(8)
  for (const name of pictures) expect(await readFile(join(out, name), 'utf8')).toContain('<svg')
  const record = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
  expect(record.primary.effect.kind).toBe('estimated')
})

test('check confirms the hashes, in one line each', async () => {
  const { code, output } = await run('check', folder)
  expect(code).toBe(0)
  expect(output).toMatch(/^simulated: 320 rows, 160 participants, 8 schools, \d+ columns\nhashes agree: [0-9a-f]{64}\n$/)
})

test('report follows a plan, prints its hash, and marks in the record what it does not name', async () => {
  const planned = await mkdtemp(join(folder, 'planned-'))
  const plan = join(planned, 'plan.json')
  await writeFile(plan, planText({ model: { kind: 'random-intercept' }, secondary: [], dose: undefined }))
  const { hash } = planOf({ model: { kind: 'random-intercept' }, secondary: [], dose: undefined })
  const checked = await run('check', plan, folder)
  expect([checked.code, checked.output]).toEqual([0, expect.stringContaining(`plan of 2025-12-01 for simulated-trial, hash ${hash}`)])
  const { code, output } = await run('report', plan, folder, '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect([record.plan.hash, record.imputation.imputations, record.equivalence.margin]).toEqual([hash, 3, 2])
  expect(await readdir(planned)).toEqual(['plan.json'])
})

test('a plan that this dataset cannot answer is refused with its field, its file and exit code 2', async () => {
  const plan = join(folder, 'other-plan.json')
  await writeFile(plan, planText({ study: 'another' }))
  for (const args of [
    ['report', plan, folder],
    ['check', plan, folder],
  ]) {
    const { code, errors } = await run(...args)
    expect([code, errors]).toEqual([2, `${plan}: study: another is not in the dataset, which has simulated-trial\n`])
  }
  await writeFile(plan, planText({ level: 2 }))
  expect((await run('check', plan)).errors).toContain(`${plan}: level: Too big: expected number to be <1`)
})

test('help explains the commands', async () => {
  expect((await run('--help')).output).toContain('report [<plan.json>] <dataset-folder>')
})

test('what is wrong is said in one sentence, bad input with exit code 2', async () => {
  const wrong = [
    [[], 'which command? one of report, check', 2],
    [['lmn'], 'there is no command lmn: one of report, check', 2],
    [['report'], 'report takes [<plan.json>] <dataset-folder>, got 0', 2],
    [['report', folder, '--language', 'fr'], '--language takes zh-CN or en, got fr', 2],
    [['report', join(folder, 'no-plan.json'), folder], 'cannot be read: report takes a plan.json', 2],
    [['check', join(folder, 'nowhere')], 'cannot be read: a dataset folder holds manifest.json, data.csv and codebook.json', 2],
  ] as const
  for (const [args, sentence, exit] of wrong) {
    const { code, errors } = await run(...args)
    expect(code).toBe(exit)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain(sentence)
  }
})

test('check refuses a dataset that was changed after export', async () => {
  const changed = await mkdtemp(join(folder, 'changed-'))
  const { files } = simulatedTrial()
  for (const [name, text] of Object.entries(files))
    await writeFile(join(changed, name), name === 'data.csv' ? text.replace(',0,', ',1,') : text)
  const { code, errors } = await run('check', changed)
  expect(code).toBe(2)
  expect(errors).toMatch(/^data\.csv: its SHA-256 is .* it was changed after export$/m)
})
