import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plotSpecs } from '../../test/plot-specs.ts'
import { simulatedReport } from '../../test/simulated-trial.ts'
import { changeByArm } from './change-by-arm.ts'
import { effectForest } from './effect-forest.ts'
import { renderSvg } from './render-svg.ts'
import { ems, wrapped } from './text-width.ts'

test('the specs of all plots, and the tables beside them, are those of the golden', () => {
  expect(plotSpecs()).toEqual(JSON.parse(readFileSync(new URL('../../test/plots.golden.json', import.meta.url), 'utf8')))
})

test('a Chinese character is one em wide, any other a little over half', () => {
  expect(ems('干预组')).toBe(3)
  expect(ems('（）')).toBe(2)
  expect(ems('ab')).toBeCloseTo(1.16, 10)
})

test('Chinese labels stand in the SVG whole, inside its frame', async () => {
  const report = simulatedReport({ battery: ['phq-9', 'rses'] })
  const [change, forest] = await Promise.all(
    [changeByArm(report, report.primary, 'zh-CN'), effectForest(report, 'zh-CN')].map((spec) => renderSvg(spec)),
  )
  for (const label of ['基线', '干预后', '干预组', '对照组']) expect(change).toContain(`>${label}</text>`)
  for (const label of ['抑郁症状总分', '自尊总分', '标准化效应（基线标准差），向右为改善']) expect(forest).toContain(`>${label}</text>`)
  expect(`${change}${forest}`).not.toContain('…')
})

test('a long label is broken into lines, between words or after a Chinese character, and none is lost', () => {
  expect(wrapped('团体心理辅导加家长课堂组', 9)).toEqual(['团体心理辅导加家长', '课堂组'])
  expect(wrapped('counselling and parent class', 9)).toEqual(['counselling and', 'parent class'])
  expect(wrapped('', 9)).toEqual([''])
  expect(wrapped('一年后随访（寄宿）', 6)).toEqual(['一年后随访', '（寄宿）'])
  expect(wrapped('父母均在家）', 5)).toEqual(['父母均在', '家）'])
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'辅导（PHQ-9）ab c') }), fc.integer({ min: 2, max: 12 }), (text, most) => {
      const kept = (value: string) => value.replaceAll(/\s/g, '')
      expect(kept(wrapped(text, most).join(''))).toBe(kept(text))
    }),
  )
})

test('a long arm label stays inside the frame', async () => {
  const long = { 'zh-CN': '团体心理辅导加家长课堂组', en: 'group counselling with a course for parents' }
  const [programme, control] = simulatedReport().arms
  const report = simulatedReport({ arms: [{ ...programme!, label: long }, control!] })
  const svg = await renderSvg(changeByArm(report, report.primary, 'zh-CN'))
  expect(svg).toMatch(/>团体心理辅导加家长<[^>]*>.*>课堂组</s)
  const frame = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1])
  const starts = [...svg.matchAll(/<text text-anchor="start" transform="translate\(([\d.]+),[\d.]+\)"/g)].map(([, x]) => Number(x))
  const [, left] = /<g transform="translate\(([\d.]+),/.exec(svg)!
  expect(starts).toHaveLength(2)
  for (const start of starts) expect(Number(left) + start + 9 * 14).toBeLessThanOrEqual(frame)
})

test('labels of the data cannot become markup or expressions', async () => {
  const label = { 'zh-CN': '<script>"\'&\\', en: "'+alert(1)+'" }
  const report = simulatedReport({
    arms: [
      { id: 'programme', label, control: false },
      { id: 'control', label, control: true },
    ],
  })
  const waves = report.waves.map((wave) => ({ ...wave, label }))
  const svg = await renderSvg(changeByArm({ ...report, waves }, report.primary, 'zh-CN'))
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
})
