import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine is no failure

const program = fileURLToPath(new URL('./run.ts', import.meta.url))
const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })

test('a run writes dataset, report and truth, prints the truth beside the estimate, and every file says that it is simulated', () => {
  const out = mkdtempSync(join(tmpdir(), 'tongxing-study-'))
  onTestFinished(() => rmSync(out, { recursive: true }))
  const { status, stdout, stderr } = run('--seed', '7', '--out', out)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('模拟研究·非真实数据')
  expect(stdout).toMatch(/phq9_total +true -1\.42 +found -?\d\.\d\d \[-?\d\.\d\d, -?\d\.\d\d\]/)
  const files = globSync('**/*.{csv,html,json,md,svg}', { cwd: out }).toSorted()
  const pictures = files.filter((file) => /^pictures\.(en|zh-CN)[/\\].+\.svg$/.test(file))
  expect(pictures.length).toBeGreaterThan(10)
  expect(files.filter((file) => !pictures.includes(file))).toEqual([
    'report.en.html',
    'report.en.md',
    'report.json',
    'report.zh-CN.html',
    'report.zh-CN.md',
    'simulated-dataset/codebook.json',
    'simulated-dataset/data.csv',
    'simulated-dataset/manifest.json',
    'truth.json',
  ])
  for (const file of files) {
    const text = readFileSync(join(out, file), 'utf8')
    expect(text, file).toMatch(/模拟|simulated|,sim-/i)
    expect(text, file).not.toMatch(/pingjiang|平江/i)
  }
  for (const line of readFileSync(join(out, 'simulated-dataset/data.csv'), 'utf8').trim().split('\n').slice(1))
    expect(line).toMatch(/^sim-/)
  for (const page of ['report.zh-CN.html', 'report.en.html', 'report.zh-CN.md', 'report.en.md'])
    expect(readFileSync(join(out, page), 'utf8'), page).toContain('−1.42')
})

test('coverage prints shares with their Monte Carlo interval; few trials leave the README as it is', () => {
  const readme = () => readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  const before = readme()
  const { status, stdout, stderr } = run('coverage', '--trials', '3', '--seed', '11')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('phq9_total, 3 simulated trials, seeds 11 to 13')
  expect(stdout).toMatch(/95% intervals that cover the truth +[\d.]+% \(\d; [\d.]+% to [\d.]+%\)/)
  expect(readme()).toBe(before)
  expect(run('--trials', '3', '--seed', '11').stdout).toBe(stdout)
})

test.each([
  [['--seed', '1.5'], '--seed is a whole number from 0 to 4294967295, not 1.5'],
  [['--seed', '4294967296'], '--seed is a whole number'],
  [['--trials', '1'], '--trials is a whole number from 2 to 100000, not 1'],
  [['covrage'], 'pingjiang has one command, coverage, and no covrage'],
  [['--sed', '1'], "Unknown option '--sed'"],
])('%j is one sentence and exit 1', (args, sentence) => {
  const { status, stderr } = run(...args)
  expect(status).toBe(1)
  expect(stderr).toContain(sentence)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('every file of this folder says on its first lines that it is simulated', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const names = globSync('*.{ts,md,json}', { cwd: folder }).filter(
    (name) => !/package\.json|golden\.ts|marked-block\.ts|\.test\.ts/.test(name),
  )
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8').slice(0, 500), name).toMatch(/模拟|simulated/i)
})
