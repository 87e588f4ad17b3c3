import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Problem, problemTable } from './problem.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'problem.ts')
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n')

const parametersOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()
const thrown = [...sources.matchAll(/new Problem\(\s*'([\w.-]+)'(?:,\s*\{((?:[^{}]|\$?\{[^{}]*\})*)\})?/g)].map(([, code, given]) => ({
  code: code!,
  given: given ?? '',
}))

test.each(problemTable)('$code is named noun.fact and says the same in both languages', ({ code, status, zh, en }) => {
  expect(code).toMatch(/^([a-z]+\.[a-z]+(-[a-z]+)*|internal)$/)
  expect(status >= 400 && status < 600).toBe(true)
  expect(zh).toMatch(/\p{Script=Han}/u)
  expect(en).not.toMatch(/\p{Script=Han}/u)
  expect(en).toMatch(/^[^A-Z].*[^.]$/) // lower case, no full stop
  expect(parametersOf(zh)).toEqual(parametersOf(en))
})

test('no code and no sentence stands twice', () => {
  for (const field of ['code', 'zh', 'en'] as const) {
    const all = problemTable.map((row) => row[field])
    expect(all.filter((value, position) => all.indexOf(value) !== position)).toEqual([])
  }
})

test('every code can be reached: some source names it, and none names another', () => {
  const codes: readonly string[] = problemTable.map((row) => row.code)
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([])
  expect(thrown.length).toBeGreaterThan(50)
  expect(thrown.filter(({ code }) => !codes.includes(code))).toEqual([])
})

test('whoever throws a problem gives every parameter of its sentence', () => {
  const missing = thrown.flatMap(({ code, given }) => {
    const needed = parametersOf(problemTable.find((row) => row.code === code)!.en)
    return needed.filter((name) => !new RegExp(`\\b${name}\\b`).test(given)).map((name) => `${code}: ${name}`)
  })
  expect(missing).toEqual([])
})

test('a problem is told in the language asked for, with its parameters filled in', () => {
  const problem = new Problem('study.too-few-schools', { schools: 1, arms: 2 })
  expect(problem.body('zh-CN')).toMatchObject({ status: 409, detail: '学校数 1 少于组数 2，不能分组', parameters: { schools: 1, arms: 2 } })
  expect(problem.body('en')).toMatchObject({
    type: 'urn:tongxing:problem:study.too-few-schools',
    detail: expect.stringMatching(/^1 schools/),
  })
})

test('roles, units and states are told in words of the language, not by their ids', () => {
  const missing = new Problem('account.role-missing', { roles: 'administrator, proctor' })
  expect(missing.body('zh-CN')).toMatchObject({
    detail: expect.stringMatching(/需要：管理员、主试$/),
    parameters: { roles: 'administrator, proctor' },
  })
  expect(missing.body('en').detail).toMatch(/administrator, proctor$/)
  for (const { code, zh } of problemTable.filter(({ zh: sentence }) => /\{(roles?|kinds?|parentKind|state)\}/.test(sentence))) {
    const given = {
      roles: 'principal, counsellor',
      role: 'researcher',
      kinds: 'county, school',
      kind: 'class',
      parentKind: 'grade',
      state: 'planned',
    }
    expect({ code, said: new Problem(code, given).body('zh-CN').detail, zh }).toMatchObject({ said: expect.not.stringMatching(/[a-z]{4}/) })
  }
})
