import type { DatasetSheet } from '@tongxing/instruments'
import { describe, expect, test, vi } from 'vitest'
import { planOf } from '../../test/plans.ts'
import { simulatedDataset, simulatedReport } from '../../test/simulated-trial.ts'
import { effectReport } from './effect-report.ts'
import { pageOf } from './page.ts'
import type { EffectReport } from './record.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderReport } from './render-report.ts'
import { answers } from './sections/answer.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const report = simulatedReport({ battery: ['phq-9', 'rses'] })
const languages = ['zh-CN', 'en'] as const

describe.each(languages)('in %s', (language) => {
  test('the page is self-contained: no script, no link, nothing loaded from elsewhere', async () => {
    const page = await renderReport(report, { language })
    expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|@import|url\(/i)
    expect(
      [...page.matchAll(/https?:\/\/[^"'\s<]+/g)]
        .map(([address]) => address)
        .filter((address) => !address.startsWith('http://www.w3.org/')),
    ).toEqual([])
    expect(page).not.toMatch(/\son[a-z]+=/i)
    expect(page.match(/<svg/g)!.length).toBeGreaterThan(8)
    expect(page.match(/<svg[^>]* role="img" aria-label="[^"]+"/g)).toHaveLength(page.match(/<svg/g)!.length)
    expect(page.match(/<details>/g)).toHaveLength(page.match(/<svg/g)!.length)
  })

  test('the answer, its trace and the caveats are there', async () => {
    const page = await renderReport(report, { language })
    for (const text of [
      report.dataset.hash,
      report.study.title[language],
      report.primary.label[language],
      'phq-9 1.0.0',
      '10.2307/2533558',
    ])
      expect(page).toContain(text)
    expect(page).toContain(language === 'en' ? 'A screening score is not a diagnosis' : '筛查得分不是诊断')
    expect(page).toContain(language === 'en' ? 'Simulated, not real data' : '模拟研究·非真实数据')
  })

  test('no word of the page is undefined, null or NaN', async () => {
    const page = (await renderReport(report, { language })).replace(/<style>.*?<\/style>/s, '')
    expect(page).not.toMatch(/undefined|\bnull\b|NaN|\[object/)
  })

  test('a report that can say nothing is still a page that says why', async () => {
    const empty = simulatedReport({
      change: (sheets) => sheets.filter(({ wave, school }) => wave === 'baseline' && ['S0', 'S1'].includes(school)),
    })
    const page = await renderReport(empty, { language })
    expect(page).toContain(
      language === 'en' ? 'not estimable: an arm has no pupil with both scores' : '无法估计：有一组没有两轮均有得分的学生',
    )
    expect(page).toContain(language === 'en' ? 'No effect could be estimated, so there is no forest plot.' : '没有可以估计的效应')
  })
})

test('a real study carries no simulated notice', async () => {
  const real: EffectReport = { ...report, simulated: false, notice: null }
  const page = await renderReport(real, { language: 'en' })
  expect(page).not.toContain('Simulated')
  expect(page).not.toContain('class="banner"')
})

/** The record with every text of the data, in either language, made hostile; its own fixed words are not in the record. */
const hostileTexts = (value: unknown, hostile: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => hostileTexts(one, hostile))
  if (value === null || typeof value !== 'object') return value
  if ('zh-CN' in value && 'en' in value) return { 'zh-CN': hostile, en: hostile }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hostileTexts(inner, hostile)]))
}

test.each([
  ['zh-CN', /正常|安全|患者|确诊|阳性|阴性/],
  ['en', /\b(normal|safe|healthy|patients?|positive screen)\b/i],
] as const)('in %s no score is called a diagnosis, and no low one harmless', async (language, forbidden) => {
  const page = (await renderReport(report, { language })).replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ')
  expect(page.match(forbidden)).toBeNull()
})

describe('a report of hostile texts, following a plan', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&](javascript:x)|`'
  const planned = effectReport(simulatedDataset({ battery: ['phq-9', 'gad-7'], sessions: 4, laterWaves: ['post', 'follow-up'] }), {
    codeVersion: hostile,
    generatedOn: '2026-01-01',
    plan: planOf(),
  })
  const told = { ...(hostileTexts(planned, hostile) as EffectReport), codeVersion: hostile }

  test.each(languages)('HTML in %s: text of the data is escaped wherever it stands', async (language) => {
    const page = await renderReport(told, { language })
    expect(page).not.toContain('<img')
    expect(page).not.toMatch(/\sonerror=alert\(1\)(?!&gt;)/)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;')
  })

  test('Markdown: text of the data is no markup, no link and no cell', async () => {
    const { text, pictures } = await renderMarkdown(told, { language: 'en' })
    expect(text).not.toContain('<img')
    expect(text).not.toMatch(/[^\\]\]\(javascript/)
    for (const line of text.split('\n').filter((one) => one.startsWith('| '))) expect(line).not.toMatch(/[^\\]`/)
    for (const [name, svg] of pictures) expect(svg, name).not.toContain('<img')
  })

  test('a table of Markdown has as many cells in every row', async () => {
    const { text } = await renderMarkdown(told, { language: 'zh-CN' })
    const tables = text.split('\n\n').filter((part) => part.startsWith('| '))
    expect(tables.length).toBeGreaterThan(15)
    for (const part of tables) {
      const widths = part.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length)
      expect(new Set(widths).size, part.slice(0, 80)).toBe(1)
    }
  })
})

test('the verdict follows the interval and the direction of the scale, and never turns no difference into no effect', () => {
  const withInterval = (lower: number, upper: number, direction: 'higher-is-worse' | 'higher-is-better') => {
    const [contrast] = report.primary.contrasts
    if (contrast?.effect.kind !== 'estimated') throw new Error('the simulated trial has an effect')
    const effect = { ...contrast.effect, interval: { lower, upper, level: 0.95 } }
    const told = { ...report, primary: { ...report.primary, direction, contrasts: [{ ...contrast, effect }] } }
    return answers(pageOf(told, 'en')).flatMap((block) => (block.kind === 'answer' ? block.sentences : []))[0]
  }
  expect(withInterval(-2, -1, 'higher-is-worse')).toContain('did better')
  expect(withInterval(1, 2, 'higher-is-worse')).toContain('did worse')
  expect(withInterval(1, 2, 'higher-is-better')).toContain('did better')
  expect(withInterval(-1, 2, 'higher-is-better')).toContain('cannot tell whether the programme has an effect')
})

test('missing scores are counted on the page', async () => {
  const dropped = (sheets: readonly DatasetSheet[]) => sheets.filter(({ id, wave }) => !(wave === 'post' && id.endsWith('x3')))
  const page = await renderReport(simulatedReport({ change: dropped }), { language: 'en' })
  expect(page).toContain('Some pupils have a score in one wave only')
  expect(page).toMatch(/<td>programme<\/td><td>80<\/td><td>76<\/td><td>4<\/td><td>0<\/td><td>0<\/td>/)
})
