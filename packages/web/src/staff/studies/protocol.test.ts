import { expect, test } from 'vitest'
import { percent } from './protocol.ts'
import { wavesListed } from './waves-listed.ts'

test('a share is never rounded up to 100%', () => {
  expect(percent(299, 300)).toBe('99%')
  expect(percent(300, 300)).toBe('100%')
  expect(percent(0, 0)).toBe('')
})

test('the waves of a study are known only where the server names them', () => {
  const waves = [{ id: 'baseline', label: { 'zh-CN': '基线', en: 'baseline' } }]
  expect(wavesListed({ waves })).toEqual(waves)
  expect(wavesListed({ waves: 2 })).toEqual([])
})
