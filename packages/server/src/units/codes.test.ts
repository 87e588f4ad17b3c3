import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { type Coded, provinceOf, requireCode } from './codes.ts'

const unit = (id: string, kind: Coded['kind'], parentId: string | null, code: string | null): Coded => ({
  id,
  kind,
  parentId,
  name: id,
  code,
})
const county = unit('平江县', 'county', null, '430626')
const town = unit('长寿镇', 'township', '平江县', '430626101')
const village = unit('太坪村', 'village', '长寿镇', '430626101203')
const school = unit('一中', 'school', '长寿镇', '2143000001')
const all = [county, town, village, school]

const refusal = (own: Coded, units: readonly Coded[] = all) => {
  try {
    requireCode(own, units)
    return null
  } catch (error) {
    return (error as Problem).code
  }
}

test('codes that are built as the standards say, each beginning with the one above, are taken', () => {
  expect(all.map((own) => refusal(own))).toEqual([null, null, null, null])
  expect(provinceOf('430626')).toBe('湖南省')
  expect([provinceOf(null), provinceOf('990000')]).toEqual([null, null])
})

test.each([
  ['a county of five digits', { ...county, code: '43062' }, 'unit.code-wrong'],
  ['a county with letters', { ...county, code: '43O626' }, 'unit.code-wrong'],
  ['full-width digits', { ...county, code: '４３０６２６' }, 'unit.code-wrong'],
  ['a province that does not exist', { ...county, code: '990101' }, 'unit.code-province-unknown'],
  ['a whole province', { ...county, code: '430000' }, 'unit.code-not-a-county'],
  ['a whole city', { ...county, code: '430600' }, 'unit.code-not-a-county'],
  ['a township of six digits', { ...town, code: '430626' }, 'unit.code-wrong'],
  ['a township of another county', { ...town, code: '430624101' }, 'unit.code-outside'],
  ['a village of another township', { ...village, code: '430626102203' }, 'unit.code-outside'],
  ['a village that is the township itself', { ...village, code: '430626101000' }, 'unit.code-wrong'],
  ['a school of nine digits', { ...school, code: '214300000' }, 'unit.code-wrong'],
  ['a code that another unit has', { ...unit('嘉义镇', 'township', '平江县', '430626101') }, 'unit.code-taken'],
  ['a county whose townships have another code', { ...county, code: '430624' }, 'unit.code-below'],
] as const)('%s is refused', (_, own, code) => {
  expect(refusal(own)).toBe(code)
})

test('a missing code, a grade and a class are not judged, and a gap between a village and its county is bridged', () => {
  expect(refusal({ ...town, code: null })).toBe(null)
  expect(refusal(unit('七年级', 'grade', '一中', 'anything'))).toBe(null)
  const open = [county, { ...town, code: null }, village]
  expect(refusal(village, open)).toBe(null)
  expect(refusal({ ...village, code: '430624101203' }, open)).toBe('unit.code-outside')
})

test('whatever is taken stays a tree: each code begins with the one above it', () => {
  const two = fc.integer({ min: 1, max: 99 }).map((number) => String(number).padStart(2, '0'))
  const three = fc.integer({ min: 1, max: 999 }).map((number) => String(number).padStart(3, '0'))
  fc.assert(
    fc.property(two, two, three, three, two, (city, own, townPart, villagePart, other) => {
      const code = `43${city}${own}`
      const units = [unit('c', 'county', null, code), unit('t', 'township', 'c', `${code}${townPart}`)]
      expect(refusal(unit('v', 'village', 't', `${code}${townPart}${villagePart}`), units)).toBe(null)
      expect(refusal(unit('x', 'township', 'c', `44${city}${other}${townPart}`), units)).toBe('unit.code-outside')
    }),
  )
})
