import { expect, test } from 'vitest'
import { Problem } from './problem.ts'
import { reasonIn, refusalIn, speaking, Told, terminalWords, tongueOf } from './terminal.ts'

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'zh_CN' }, 'zh'],
  [{ LANG: 'C.UTF-8' }, 'both'],
  [{ LANG: '' }, 'both'],
  [{}, 'both'],
])('the terminal of %o speaks %s', (env, tongue) => {
  expect(tongueOf(env)).toBe(tongue)
})

test('where no language is known both are told, on one line when it is short, on two when it is not', () => {
  const say = speaking({ short: ['好', 'good'], long: ['长'.repeat(60), 'long '.repeat(12)] }, 'both')
  expect(say({ key: 'short', value: 'http://x', indent: '  ' })).toBe('  好 · good: http://x')
  expect(say({ key: 'long', value: 'http://x' }).split('\n')).toEqual(['长'.repeat(60), `${'long '.repeat(12)}: http://x`])
})

test('one language alone is told where the computer has one', () => {
  const told = { key: 'ready', with: { version: '1.2.3' }, value: 'http://x' } as const
  expect(terminalWords('zh')(told)).toBe('童行 1.2.3 已启动: http://x')
  expect(terminalWords('en')(told)).toBe('Tongxing 1.2.3 is ready: http://x')
})

test('why it cannot start is told in Chinese where the table knows the reason, and never less than the error says', () => {
  const taken = new Told('portInUse', { port: 3000 })
  expect(taken.message).toMatch(/^port 3000 is in use/)
  expect(reasonIn(taken, 'zh')).toMatch(/^童行无法启动：端口 3000 正被/)
  expect(reasonIn(taken, 'both').split('\n')).toHaveLength(2)
  const other = new Error('no database answers at db:5432')
  expect(reasonIn(other, 'zh')).toContain('no database answers at db:5432')
  expect(reasonIn(other, 'en')).toBe('Tongxing cannot start: no database answers at db:5432')
})

test('a refusal is told in the language of the computer, by this table or by that of the problems', () => {
  const there = new Told('fileThere', { file: 'a.age' })
  expect(refusalIn(there, 'zh')).toBe('a.age 已经存在，请写一个新的文件名')
  expect(refusalIn(there, 'both').split('\n')).toHaveLength(2)
  const wrong = new Problem('kit.passphrase-wrong')
  expect(refusalIn(wrong, 'zh')).toMatch(/^口令不正确/)
  expect(refusalIn(wrong, 'en')).toMatch(/^the passphrase is not right/)
  expect(refusalIn(new Error('no database answers'), 'zh')).toBe('no database answers')
})
