import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { libraryFolder } from './library.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const program = fileURLToPath(new URL('./cli.ts', import.meta.url))
const asked = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
const answersFile = (answers: unknown) => {
  const file = join(temporary(), 'answers.json')
  writeFileSync(file, typeof answers === 'string' ? answers : JSON.stringify(answers))
  return file
}

test('--help names every command', () => {
  const { status, stdout } = asked('--help')
  expect(status).toBe(0)
  for (const command of ['list', 'check', 'lock', 'show', 'schema', 'score']) expect(stdout).toContain(`\n  ${command}`)
})

test('list and check tell the library that comes with Tongxing', () => {
  expect(asked('list').stdout).toContain('phq-9@1.0.0  患者健康问卷抑郁量表  9 items  en zh-CN  free')
  expect(asked('check')).toMatchObject({ status: 0, stdout: '4 versions read, lawful and locked\n', stderr: '' })
})

test('show gives the definition as JSON, with its hash', () => {
  const lock = JSON.parse(readFileSync(join(libraryFolder, 'lock.json'), 'utf8'))
  expect(JSON.parse(asked('show', 'k6').stdout)).toMatchObject({ id: 'k6', version: '1.0.0', hash: lock['k6@1.0.0'] })
})

test('schema prints what lies in the library', () => {
  expect(asked('schema').stdout).toBe(readFileSync(join(libraryFolder, 'definition.schema.json'), 'utf8'))
})

test('score tells scores and flags, never a diagnosis', () => {
  const file = answersFile({ phq9_1: 3, phq9_9: 1 })
  const { status, stdout } = asked('score', 'phq-9', file, '--language', 'zh-CN')
  expect(status).toBe(0)
  expect(stdout).toContain('no score, 2 of 9 answered')
  expect(stdout).toContain('flag item9-endorsed, immediate, phq9_9 = 1: 对第9题')
  expect(stdout).toContain('never diagnoses')
})

test('check exits 1 with file, place and what is allowed, every problem on its line', () => {
  const folder = temporary()
  cpSync(libraryFolder, folder, { recursive: true })
  const file = join(folder, 'gad-7', '1.0.0', 'definition.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('respondent: pupil', 'respondent: child'))
  const { status, stdout, stderr } = asked('check', '--library', folder)
  expect([status, stdout]).toEqual([1, ''])
  const lines = stderr.trimEnd().split('\n')
  expect(lines[0]).toMatch(/gad-7.1\.0\.0.definition\.yaml: respondent: .*"pupil"\|"parent"\|"teacher"/)
  expect(lines[1]).toContain('gad-7@1.0.0 is locked but cannot be read')
  expect(lines).toHaveLength(2)
})

test('lock adds a new version and refuses a changed one, leaving the lock as it was', () => {
  const folder = temporary()
  cpSync(libraryFolder, folder, { recursive: true })
  const made = join(folder, 'k6', '1.1.0')
  cpSync(join(folder, 'k6', '1.0.0'), made, { recursive: true })
  const file = join(made, 'definition.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('version: 1.0.0', 'version: 1.1.0'))
  expect(asked('lock', '--library', folder)).toMatchObject({ status: 0, stdout: 'locked k6@1.1.0\n' })
  const locked = readFileSync(join(folder, 'lock.json'), 'utf8')
  writeFileSync(file, readFileSync(file, 'utf8').replace('estimatedMinutes: 2', 'estimatedMinutes: 3'))
  const { status, stderr } = asked('lock', '--library', folder)
  expect([status, stderr]).toEqual([
    1,
    'nothing was locked: k6@1.1.0 differs from its lock: a released version never changes, make a new one\n',
  ])
  expect(readFileSync(join(folder, 'lock.json'), 'utf8')).toBe(locked)
})

test.each([
  ['no command', [], 'which command? one of list, check'],
  ['an unknown command', ['toString'], 'which command? one of list, check'],
  ['an unknown option', ['list', '--colour'], "Unknown option '--colour'"],
  ['an unknown instrument', ['show', 'phq-8'], 'which instrument? one of gad-7@1.0.0, k6@1.0.0'],
  ['an unknown version', ['show', 'k6@3.0.0'], 'which instrument? one of k6@1.0.0'],
  ['no file', ['score', 'k6'], 'score needs a file of answers, such as {"k6_1": 0}'],
  ['a wrong answer', ['score', 'k6', answersOf({ k6_1: 9 })], 'k6_1: out-of-range, allowed: 0, 1, 2, 3, 4, skipped'],
  ['a file that is not JSON', ['score', 'k6', answersOf('k6_1=0')], 'is no JSON'],
  ['an unknown language', ['score', 'k6', answersOf({}), '--language', 'fr'], 'k6 has no texts in fr, it has en, zh-CN'],
])('%s is one sentence and exit 1', (_what, args, sentence) => {
  const { status, stdout, stderr } = asked(...args.map((arg) => (typeof arg === 'string' ? arg : answersFile(arg.answers))))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(sentence)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

function answersOf(answers: unknown) {
  return { answers }
}
