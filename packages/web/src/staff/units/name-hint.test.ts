import { expect, test } from 'vitest'
import { looksUnusual } from './name-hint.ts'

test.each([
  ['county', '平江县', false],
  ['county', '演示县（虚构）', false],
  ['county', '平江', true],
  ['township', '长寿镇', false],
  ['township', '五里街道', false],
  ['township', '长寿', true],
  ['village', '太坪村', false],
  ['village', '太坪', true],
  ['school', '启明学校', false],
  ['class', '七年级1班', false],
  ['class', '七年级1', true],
  ['grade', '初一', false],
  ['county', 'Pingjiang', false],
  ['class', '', false],
] as const)('a %s called %s: unusual is %s', (kind, name, unusual) => {
  expect(looksUnusual(kind, name)).toBe(unusual)
})
