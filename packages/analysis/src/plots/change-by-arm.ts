import type { EffectReport, Outcome } from '../report/record.ts'
import { ems, wrapped } from './text-width.ts'
import { armColours, configFor, type Language, type PlotSpec, palette } from './theme.ts'

const labelSize = 14
const labelGap = 6
const lineHeight = 17
const longestLine = 9
const height = 240
const rightEdge = 1.08

const words = { 'zh-CN': { mean: '平均分' }, en: { mean: 'mean' } }

export const colourOfArm = ({ arms, design }: Pick<EffectReport, 'arms' | 'design'>, arm: string): string => {
  const programmes = arms.filter(({ id }) => id !== design.control).map(({ id }) => id)
  return arm === design.control ? palette.control : armColours[programmes.indexOf(arm) % armColours.length]!
}

const valuesOf = (report: EffectReport, { change }: Outcome, language: Language) =>
  change.flatMap(({ arm, baseline, post }, order) => {
    const label = report.arms.find(({ id }) => id === arm)!.label[language] // the record's outcomes follow its arms
    const shift = (order - (change.length - 1) / 2) * 0.05
    return [baseline, post].flatMap(({ n, mean, interval }, wave) =>
      mean === null
        ? []
        : [
            {
              arm: label,
              place: wave + shift,
              wave,
              n,
              mean,
              lower: interval?.lower ?? mean,
              upper: interval?.upper ?? mean,
              colour: colourOfArm(report, arm),
            },
          ],
    )
  })

type Value = ReturnType<typeof valuesOf>[number]

/** The arms' names at the right, lowest mean first, each far enough above the one before. */
const namesOf = (values: readonly Value[]) => {
  const range = Math.max(...values.map(({ upper }) => upper)) - Math.min(...values.map(({ lower }) => lower))
  const perLine = (range || 1) * (18 / height)
  const named = values.filter(({ wave }) => wave === 1).toSorted((left, right) => left.mean - right.mean)
  let free = Number.NEGATIVE_INFINITY
  return named.map(({ arm, mean, colour }) => {
    const lines = wrapped(arm, longestLine)
    const at = Math.max(mean, free + (perLine * lines.length) / 2)
    free = at + (perLine * lines.length) / 2
    return { lines, at, colour, place: rightEdge, up: ((lines.length - 1) * lineHeight) / -2 }
  })
}

/** Mean score at both waves of the pupils who have both, a line per arm, with the intervals of the means: a Vega-Lite spec. */
export const changeByArm = (report: EffectReport, outcome: Outcome, language: Language): PlotSpec => {
  const values = valuesOf(report, outcome, language)
  const waveLabel = (id: string) => report.waves.find((wave) => wave.id === id)?.label[language] ?? id
  const labels = [report.design.baselineWave, report.design.postWave].map(waveLabel)
  const names = namesOf(values)
  const longest = Math.max(0, ...names.flatMap(({ lines }) => lines.map(ems))) * labelSize
  const colour = { field: 'colour', type: 'nominal', scale: null } as const
  const x = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: [-0.12, rightEdge] as number[], nice: false },
    axis: {
      values: [0, 1] as number[],
      labelExpr: `datum.value < 0.5 ? ${JSON.stringify(labels[0])} : ${JSON.stringify(labels[1])}`,
      title: null,
      grid: false,
      labelFontSize: 14,
      labelColor: palette.ink,
    },
  } as const
  const y = { field: 'mean', type: 'quantitative', scale: { zero: false, nice: true }, axis: { title: null, tickCount: 5 } } as const
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${outcome.label[language]}, ${words[language].mean}`,
    data: { values },
    width: 270,
    height,
    padding: { left: 4, right: Math.ceil(labelGap + longest) + 4, top: 8, bottom: 4 },
    config: configFor(language),
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.55 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: colour },
      },
      { mark: { type: 'line', strokeWidth: 3 }, encoding: { x, y, detail: { field: 'arm' }, color: colour } },
      { mark: { type: 'point', filled: true, size: 90, opacity: 1 }, encoding: { x, y, color: colour } },
      {
        data: { values: names },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          dx: labelGap,
          dy: { expr: 'datum.up' },
          lineHeight,
          fontSize: labelSize,
          fontWeight: 600,
        },
        encoding: { x, y: { ...y, field: 'at' }, text: { field: 'lines' }, color: colour },
      },
    ],
  }
}
