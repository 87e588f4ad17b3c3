import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crowdedFigures } from '../../test/crowded-figures.ts'
import { figureSamples } from '../../test/figure-samples.ts'
import { plotSpecs } from '../../test/plot-specs.ts'
import { sizeOf, textBoxes } from '../../test/svg-texts.ts'
import { attritionBoundary } from './attrition-boundary.ts'
import { consortFlow } from './consort-flow.ts'
import { doseResponse } from './dose-response.ts'
import type { Figure } from './figure.ts'
import { kernelDensity, quantileOf } from './kernel-density.ts'
import { lovePlot } from './love-plot.ts'
import { outcomeForest } from './outcome-forest.ts'
import { raincloud } from './raincloud.ts'
import { reliableChangeBars } from './reliable-change-bars.ts'
import { renderSvg } from './render-svg.ts'
import { sensitivityPlot } from './sensitivity-plot.ts'
import { spreadOut } from './side-names.ts'
import { trajectories } from './trajectories.ts'
import { crossingsOf, verdictCurve } from './verdict-curve.ts'

const languages = ['zh-CN', 'en'] as const
const all = languages.flatMap((language) =>
  [figureSamples(language), crowdedFigures(language)].flatMap((figures) =>
    Object.entries(figures).map(([name, figure]) => ({ name, language, figure })),
  ),
)
test('the specs of all figures, their notes and tables are those of the golden', () => {
  expect(plotSpecs()).toEqual(JSON.parse(readFileSync(new URL('../../test/plots.golden.json', import.meta.url), 'utf8')))
})

test('Chinese labels stand in the SVG whole', async () => {
  const { lovePlot, trajectories } = figureSamples('zh-CN')
  for (const label of ['留守学生比例', '抑郁症状总分（PHQ-9）', '学生层面']) expect(await drawn(lovePlot!)).toContain(`>${label}</text>`)
  for (const label of ['干预后', '三个月后', '团体心理辅导组']) expect(await drawn(trajectories!)).toContain(`>${label}</text>`)
})

const drawn = ({ spec, title }: Figure) => renderSvg(spec!, title)

describe.each(all)('$name in $language', ({ figure }) => {
  test('is an image with a name, no text outside its frame or upon another, and fits A4', async () => {
    const svg = await drawn(figure)
    expect(svg).toMatch(/<svg[^>]*viewBox="[^>]*role="img" aria-label="[^"]+"/)
    expect(svg).not.toMatch(/…|NaN|undefined|null|\[object/)
    const [width, height] = sizeOf(svg)
    expect(width).toBeLessThanOrEqual(690)
    const boxes = textBoxes(svg)
    expect(boxes.length).toBeGreaterThan(2)
    for (const { text, left, right, top, bottom } of boxes)
      expect(left >= 0 && right <= width && top >= 0 && bottom <= height, text).toBe(true)
    const upon = boxes.flatMap((one, place) =>
      boxes
        .slice(place + 1)
        .filter((other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom && other.top < one.bottom)
        .map((other) => `${one.text} / ${other.text}`),
    )
    expect(upon).toEqual([])
  })

  test('has its numbers as a table of full rows', () => {
    const { header, rows } = figure.table
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toHaveLength(header.length)
    expect(JSON.stringify(figure.table)).not.toMatch(/NaN|undefined|null|Infinity/)
  })
})

test('without data every figure is a sentence in place of a picture', () => {
  const outcome = { outcome: 'x', axis: 'x', level: 0.95, minimumCell: 10 }
  for (const language of languages) {
    const figures = [
      consortFlow({ assessed: null, excluded: [], waveLabels: [], arms: [] }, language),
      lovePlot({ control: 'x', arms: [], rows: [] }, language),
      trajectories({ ...outcome, arms: [], waves: [], means: [], schools: [] }, language),
      raincloud({ ...outcome, direction: 'higher-is-worse', arms: [] }, language),
      reliableChangeBars({ ...outcome, arms: [] }, language),
      attritionBoundary({ boundary: [], points: [] }, language),
      outcomeForest({ axis: 'x', groups: [] }, language),
      sensitivityPlot({ ...outcome, rows: [] }, language),
      verdictCurve({ ...outcome, question: 'icc', effectAxis: 'x', points: [], found: null }, language),
      doseResponse({ ...outcome, doseLabel: 'x', fitted: [], observed: [] }, language),
    ]
    for (const { spec, empty, table } of figures) {
      expect(spec).toBeNull()
      expect(empty).toMatch(/[。.]$/)
      expect(table.rows).toEqual([])
    }
  }
})

test('labels of the data cannot become markup or expressions', async () => {
  const label = '<script>"\'&\\'
  const arms = [{ id: 'a', label, control: false }]
  const means = [0, 1].map((wave) => ({ arm: 'a', wave, n: 20, mean: wave, lower: null, upper: null }))
  const svg = await drawn(
    trajectories({ outcome: label, arms, waves: [label, label], level: 0.95, minimumCell: 10, means, schools: [] }, 'en'),
  )
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
})

const cloud = (changes: readonly number[]) =>
  raincloud(
    {
      outcome: 'x',
      direction: 'higher-is-worse',
      minimumCell: 10,
      arms: [
        { id: 'a', label: 'a', control: false, changes },
        { id: 'b', label: 'b', control: true, changes: Array.from({ length: 20 }, (_, n) => n / 100) },
      ],
    },
    'en',
  )

test('no pupil of a small arm can be picked out of a raincloud', () => {
  const large = [7.125, ...Array.from({ length: 9 }, (_, n) => n)]
  const small = large.slice(0, 9)
  expect(JSON.stringify(cloud(large).spec)).toContain('"x":7.125')
  expect(JSON.stringify(cloud(small).spec)).not.toContain('"x":7.125')
  const tiny = cloud([7.125, 8.125, 9.125, 7.125])
  expect(JSON.stringify([tiny.spec, tiny.table])).not.toMatch(/\b[789]\.12/)
  expect(tiny.table.rows[0]).toEqual(['a', 'fewer than 5, not drawn', '', '', '', '', ''])
})

test('receiving the programme comes after allocation and before the waves that follow', async () => {
  const count = { schools: 2, pupils: 40 }
  const arm = { allocated: count, received: { schools: 2, pupils: 38 }, analysed: count }
  const wave = { label: 'after', schools: 1, pupils: 19, lostSchools: 1, lostPupils: 21 }
  const arms = [{ id: 'a', label: 'a', control: false, ...arm, waves: [wave] }]
  const figure = consortFlow({ assessed: null, excluded: [], waveLabels: ['after'], arms }, 'en')
  const stages = textBoxes(await drawn(figure)).filter(({ text }) => ['Allocated', 'Received', 'after', 'Analysed'].includes(text))
  expect(stages.toSorted((above, below) => above.top - below.top).map(({ text }) => text)).toEqual([
    'Allocated',
    'Received',
    'after',
    'Analysed',
  ])
  expect(figure.table.rows[2]).toEqual(['after', 'a', '1', '19', '1', '21'])
})

test('means of few pupils are neither drawn nor told', () => {
  const means = [0, 1].map((wave) => ({ arm: 'a', wave, n: 50, mean: wave, lower: null, upper: null }))
  const school = (n: number) => ({
    arm: 'a',
    means: [
      { wave: 0, mean: 0.625, n },
      { wave: 1, mean: 0.625, n },
    ],
  })
  const lines = (n: number) =>
    trajectories(
      {
        outcome: 'x',
        arms: [{ id: 'a', label: 'a', control: false }],
        waves: ['0', '1'],
        level: 0.95,
        minimumCell: 10,
        means,
        schools: [school(n)],
      },
      'en',
    )
  expect(JSON.stringify(lines(10))).toContain('0.625')
  expect(JSON.stringify(lines(9))).not.toContain('0.625')
  const fitted = [0, 1].map((dose) => ({ dose, mean: dose, lower: dose - 1, upper: dose + 1 }))
  const dose = (n: number) =>
    doseResponse({ outcome: 'x', doseLabel: 'x', level: 0.95, minimumCell: 10, fitted, observed: [{ dose: 1, n, mean: 0.625 }] }, 'en')
  expect(JSON.stringify(dose(10).spec)).toContain('0.625')
  expect(JSON.stringify(dose(9))).not.toMatch(/0\.63|0\.625/)
})

test('a loss is read by the boundary between its rows', () => {
  const boundary = [
    { overall: 0, cautious: 0.06, optimistic: 0.1 },
    { overall: 0.5, cautious: 0.01, optimistic: 0.05 },
  ]
  const reading = (overall: number, differential: number) =>
    attritionBoundary({ boundary, points: [{ label: 'x', unit: 'pupils', overall, differential }] }, 'zh-CN').table.rows[0]![3]
  expect(reading(0.25, 0.034)).toBe('低（谨慎边界以内）')
  expect(reading(0.25, -0.036)).toBe('仅按乐观假设可接受')
  expect(reading(0.25, 0.076)).toBe('高')
  expect(reading(0.51, 0)).toBe('高')
})

test('the assumption at which an interval reaches zero is found between the points, and is said', () => {
  const point = (at: number, lower: number, upper: number) => ({ at, estimate: (lower + upper) / 2, lower, upper })
  const points = [point(0, -3, -1), point(0.1, -4, 1), point(0.2, -5, 2)]
  expect(crossingsOf(points)).toEqual([0.05])
  const plot = { question: 'icc', outcome: 'x', axis: 'x', effectAxis: 'x', level: 0.95, found: 0.02 } as const
  expect(verdictCurve({ ...plot, points }, 'en').notes[1]).toBe('The interval reaches 0 at 0.05; beyond it the verdict changes.')
  expect(verdictCurve({ ...plot, points: [point(0, -3, -1), point(1, -3, -1)] }, 'en').notes[1]).toContain('never includes 0')
  expect(verdictCurve({ ...plot, points: [point(0, -3, 1), point(1, -3, 1)] }, 'en').notes[1]).toContain('always includes 0')
})

test('quantiles are those of R, and a density holds all of its values', () => {
  expect([0.1, 0.25, 0.5, 0.9].map((share) => quantileOf([1, 2, 4, 8, 16], share))).toEqual([1.4, 2, 4, 12.8])
  const places = kernelDensity([1, 2, 2, 3, 7], 400)
  const area = places.reduce((sum, { density }) => sum + density, 0) * (places[1]!.at - places[0]!.at)
  expect(area).toBeGreaterThan(0.97)
  expect(area).toBeLessThanOrEqual(1.001)
})

test('texts spread out stand apart, in their order, and inside when they can', () => {
  const texts = fc.array(fc.record({ at: fc.integer({ min: 0, max: 200 }), tall: fc.integer({ min: 10, max: 30 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(texts, (wanted) => {
      const places = spreadOut(wanted, 200)
      const order = wanted.map((_, place) => place).toSorted((left, right) => places[left]! - places[right]!)
      for (const place of order) {
        expect(places[place]! - wanted[place]!.tall / 2).toBeGreaterThanOrEqual(-1e-9)
        expect(places[place]! + wanted[place]!.tall / 2).toBeLessThanOrEqual(200 + 1e-9)
      }
      for (const [first, second] of order.slice(1).map((second, place) => [order[place]!, second] as const)) {
        expect(places[second]! - places[first]!).toBeGreaterThanOrEqual((wanted[first]!.tall + wanted[second]!.tall) / 2 - 1e-9)
        expect(wanted[first]!.at).toBeLessThanOrEqual(wanted[second]!.at)
      }
    }),
  )
})
