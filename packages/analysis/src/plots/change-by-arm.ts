import type { EffectReport, Outcome } from '../report/record.ts'
import { ems } from './text-width.ts'
import { armColours, configFor, type Language, type PlotSpec, palette } from './theme.ts'

const labelSize = 14
const labelGap = 12

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

/** Mean score at both waves of the pupils who have both, a line per arm, with the intervals of the means: a Vega-Lite spec. */
export const changeByArm = (report: EffectReport, outcome: Outcome, language: Language): PlotSpec => {
  const values = valuesOf(report, outcome, language)
  const waveLabel = (id: string) => report.waves.find((wave) => wave.id === id)?.label[language] ?? id
  const labels = [report.design.baselineWave, report.design.postWave].map(waveLabel)
  const longest = Math.max(...values.map(({ arm }) => ems(arm))) * labelSize
  const width = Math.max(160, 390 - longest)
  const colour = { field: 'colour', type: 'nominal', scale: null } as const
  const x = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: [-0.15, 1.2] as number[], nice: false },
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
    width,
    height: 240,
    padding: { left: 4, right: Math.max(4, Math.ceil(longest + labelGap - (width * 0.175) / 1.35)), top: 8, bottom: 4 },
    config: configFor(language),
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.55 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: colour },
      },
      { mark: { type: 'line', strokeWidth: 3 }, encoding: { x, y, detail: { field: 'arm' }, color: colour } },
      { mark: { type: 'point', filled: true, size: 90, opacity: 1 }, encoding: { x, y, color: colour } },
      {
        transform: [{ filter: 'datum.wave === 1' }],
        mark: { type: 'text', align: 'left', dx: labelGap, fontSize: labelSize, fontWeight: 600 },
        encoding: { x, y, text: { field: 'arm' }, color: colour },
      },
    ],
  }
}
