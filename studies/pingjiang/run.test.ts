import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const program = fileURLToPath(new URL('./run.ts', import.meta.url))
const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })

test('a run writes dataset, report and truth, prints the truth beside the estimate, and every file says that it is simulated', () => {
  const out = mkdtempSync(join(tmpdir(), 'tongxing-study-'))
  onTestFinished(() => rmSync(out, { recursive: true }))
  const { status, stdout, stderr } = run('--seed', '7', '--out', out)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('模拟研究·非真实数据')
  expect(stdout).toMatch(/phq9_total +true -1\.01 +found -?\d\.\d\d \[-?\d\.\d\d, -?\d\.\d\d\]/)
  const files = globSync('**/*.*', { cwd: out }).toSorted()
  expect(files).toEqual([
    'report.en.html',
    'report.json',
    'report.zh-CN.html',
    'simulated-dataset/codebook.json',
    'simulated-dataset/data.csv',
    'simulated-dataset/manifest.json',
    'truth.json',
  ])
  for (const file of files) {
    const text = readFileSync(join(out, file), 'utf8')
    expect(text, file).toMatch(/模拟|simulated|,sim-/)
    expect(text, file).not.toMatch(/pingjiang|平江/i)
  }
  for (const line of readFileSync(join(out, 'simulated-dataset/data.csv'), 'utf8').trim().split('\n').slice(1))
    expect(line).toMatch(/^sim-/)
  for (const page of ['report.zh-CN.html', 'report.en.html']) expect(readFileSync(join(out, page), 'utf8')).toContain('−1.01')
})

test.each([
  [['--seed', '1.5'], '--seed is a whole number from 0 to 4294967295, not 1.5'],
  [['--seed', '4294967296'], '--seed is a whole number'],
  [['--sed', '1'], "Unknown option '--sed'"],
])('%j is one sentence and exit 1', (args, sentence) => {
  const { status, stderr } = run(...args)
  expect(status).toBe(1)
  expect(stderr).toContain(sentence)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('every file of this folder says on its first lines that it is simulated', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const names = globSync('*.{ts,md,json}', { cwd: folder }).filter((name) => !/package\.json|golden\.ts|\.test\.ts/.test(name))
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8').slice(0, 400), name).toMatch(/模拟|simulated/i)
})
