import type { Contrast, EffectReport, Outcome } from '../report/record.ts'
import { colourOfArm } from './change-by-arm.ts'
import { decimal, intervalWords } from './number-words.ts'
import { ems, wrapped } from './text-width.ts'
import { configFor, type Language, type PlotSpec, palette } from './theme.ts'

const words = {
  'zh-CN': { axis: '标准化效应（基线标准差），向右为改善', to: '至', of: '：' },
  en: { axis: 'effect in baseline SDs, improvement to the right', to: 'to', of: ': ' },
}

const [width, nameSize, saidSize, lineHeight] = [400, 13.5, 13, 17]

const rowOf = (
  report: EffectReport,
  { label, direction, contrasts }: Outcome,
  { arm, standardised }: Contrast,
  primary: boolean,
  language: Language,
) => {
  if (standardised.kind === 'not-estimable') return []
  const { estimate, interval } = standardised
  const towardsBetter = direction === 'higher-is-worse' ? -1 : 1
  const limits = [towardsBetter * interval.lower, towardsBetter * interval.upper]
  const [lower, upper] = [Math.min(...limits), Math.max(...limits)]
  const armLabel = report.arms.find(({ id }) => id === arm)!.label[language] // contrasts name the record's own arms
  const value = towardsBetter * estimate
  return [
    {
      name: contrasts.length > 1 ? `${label[language]}${words[language].of}${armLabel}` : label[language],
      value,
      lower,
      upper,
      said: `${decimal(value)} (${intervalWords({ lower, upper }, words[language].to)})`,
      size: primary ? 170 : 80,
      colour: colourOfArm(report, arm),
    },
  ]
}

/** Standardised effects of all outcomes with their intervals, turned so that improvement is to the right: a Vega-Lite spec. */
export const effectForest = (report: EffectReport, language: Language): PlotSpec => {
  const rows = [report.primary, ...report.secondary].flatMap((outcome, place) =>
    outcome.contrasts.flatMap((contrast) => rowOf(report, outcome, contrast, place === 0, language)),
  )
  const lines = rows.map(({ name, said }) => wrapped(name, (width - ems(said) * saidSize - 16) / nameSize))
  const tallest = Math.max(1, ...lines.map(({ length }) => length))
  const rowHeight = 35 + lineHeight * tallest
  // the line of no effect leaves room for the names
  const [zeroAbove, zeroBelow] = [9 / rowHeight, 1 - (14 + lineHeight * tallest) / rowHeight]
  const values = rows.map((row, place) => ({
    ...row,
    name: lines[place]!,
    up: -10 - lineHeight * (lines[place]!.length - 1),
    place,
    zeroFrom: place - zeroAbove,
    zeroTo: place + zeroBelow,
  }))
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: {
      domain: [Math.min(-0.1, ...rows.map(({ lower }) => lower)), Math.max(0.1, ...rows.map(({ upper }) => upper))] as number[],
      nice: true,
    },
    axis: { title: words[language].axis, tickCount: 5, titlePadding: 10 },
  } as const
  const y = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: [-(14 + lineHeight * tallest) / rowHeight, rows.length - 1 + zeroBelow] as number[], reverse: true, nice: false },
    axis: null,
  } as const
  const colour = { field: 'colour', type: 'nominal', scale: null } as const
  const above = { type: 'text', baseline: 'bottom', lineHeight } as const
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: words[language].axis,
    data: { values },
    width,
    height: Math.max(1, rows.length) * rowHeight,
    padding: { left: 4, right: 4, top: 4, bottom: 4 },
    config: configFor(language),
    layer: [
      {
        mark: { type: 'rule', color: palette.ink, strokeWidth: 1 },
        encoding: { x: { datum: 0, type: 'quantitative' }, y: { ...y, field: 'zeroFrom' }, y2: { field: 'zeroTo' } },
      },
      { mark: { type: 'rule', strokeWidth: 2.5 }, encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y, color: colour } },
      {
        mark: { type: 'point', filled: true, opacity: 1 },
        encoding: { x, y, color: colour, size: { field: 'size', type: 'quantitative', scale: null, legend: null } },
      },
      {
        mark: { ...above, dy: { expr: 'datum.up' }, align: 'left', fontSize: nameSize },
        encoding: { x: { value: 0 }, y, text: { field: 'name' } },
      },
      {
        mark: { ...above, dy: -10, align: 'right', fontSize: saidSize },
        encoding: { x: { value: width }, y, text: { field: 'said' }, color: { value: palette.quiet } },
      },
    ],
  }
}
