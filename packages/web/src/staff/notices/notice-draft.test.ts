import { expect, test } from 'vitest'
import { noticeFields } from '../../i18n/notice.ts'
import { blankText, faultsOf, filledText } from './notice-draft.ts'

test('the starting text fills every field of every purpose in both languages, and leaves what somebody wrote', () => {
  for (const purpose of ['screening', 'follow-up', 'research', 'sharing'] as const)
    for (const language of ['zh-CN', 'en'] as const) {
      const own = { ...blankText(), fields: { ...blankText().fields, refusal: '我们自己写的' } }
      const filled = filledText(own, purpose, language)
      expect(filled.title).not.toBe('')
      expect(noticeFields.filter((field) => filled.fields[field] === '')).toEqual([])
      expect(filled.fields.refusal).toBe('我们自己写的')
    }
})

test('the starting text promises nothing that the program does not do: how long, erasing, backups and recipients are for the school to fill', () => {
  for (const [language, promises] of [
    ['zh-CN', /备份|删除|保存到|提供给/],
    ['en', /back-?ups|erase|kept until|nobody else/i],
  ] as const) {
    const { fields } = filledText(blankText(), 'screening', language)
    const promising = Object.values(fields).flatMap((text) => text.split(/[。；.;]/).filter((sentence) => promises.test(sentence)))
    expect(promising.length).toBeGreaterThan(3)
    expect(promising.filter((sentence) => !/【/.test(sentence))).toEqual([])
  }
})

test('a starting text cannot be published before its gaps are filled', () => {
  const filled = filledText(blankText(), 'screening', 'zh-CN')
  const faults = faultsOf({ 'zh-CN': filled, en: null })
  expect(faults.length).toBeGreaterThan(3)
  expect(faults.every(({ kind }) => kind === 'gap')).toBe(true)
  const whole = JSON.parse(JSON.stringify(filled).replace(/[【】]/g, '')) as typeof filled
  expect(faultsOf({ 'zh-CN': whole, en: null })).toEqual([])
  expect(faultsOf({ 'zh-CN': { ...whole, title: ' ' }, en: null })).toEqual([{ language: 'zh-CN', field: 'title', kind: 'empty' }])
  expect(faultsOf({ 'zh-CN': whole, en: blankText() })).toHaveLength(noticeFields.length + 1)
})
