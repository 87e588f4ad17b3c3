import { along, type DataTable, type Figure, type Layer, layered } from './figure.ts'
import { decimal, digitsFor, intervalWords, shareWords } from './number-words.ts'
import { type Language, palette } from './theme.ts'

type Observed = { readonly dose: number; readonly n: number; readonly mean: number }
export type DoseResponse = {
  readonly outcome: string
  readonly doseLabel: string
  readonly level: number
  /** means of fewer pupils are neither drawn nor told */
  readonly minimumCell: number
  /** by rising dose */
  readonly fitted: readonly { readonly dose: number; readonly mean: number; readonly lower: number; readonly upper: number }[]
  readonly observed: readonly Observed[]
}

const words = {
  'zh-CN': {
    title: (outcome: string) => `${outcome}：参加次数与变化`,
    empty: '没有参加次数的记录，不画剂量与变化。',
    change: '平均变化（后测减基线）',
    note: (level: string) => `线为拟合的平均变化，带为 ${level} 区间；圆点为参加同样次数的学生的平均变化，圆越大人越多。`,
    caution: '多参加的学生本来就可能不同，这条线不能证明多参加带来变化。',
    hidden: (n: number) => `少于 ${n} 人的点不画。`,
    to: '至',
    columns: ['人数', '平均变化', '拟合的变化（区间）'],
    few: (n: number) => `少于 ${n}`,
  },
  en: {
    title: (outcome: string) => `${outcome}: change by dose attended`,
    empty: 'No attendance was recorded, so there is no dose to draw.',
    change: 'mean change (post minus baseline)',
    note: (level: string) =>
      `Line: fitted mean change; band: its ${level} interval. Circles: mean change of pupils with the same dose, larger for more pupils.`,
    caution: 'Pupils who attended more may have differed from the start: the line does not prove that attending made the change.',
    hidden: (n: number) => `Means of fewer than ${n} pupils are not drawn.`,
    to: 'to',
    columns: ['n', 'mean change', 'fitted change (interval)'],
    few: (n: number) => `fewer than ${n}`,
  },
}
type Words = (typeof words)[Language]

const [width, height, largest] = [380, 240, 420]

const layersOf = ({ fitted, observed, doseLabel, minimumCell }: DoseResponse, said: Words): Layer[] => {
  const shown = observed.filter(({ n }) => n >= minimumCell)
  const doses = [...fitted, ...shown].map(({ dose }) => dose)
  const values = [...fitted.flatMap(({ lower, upper }) => [lower, upper]), ...shown.map(({ mean }) => mean)]
  const margin = (Math.max(...doses) - Math.min(...doses) || 1) * 0.05
  const room = (Math.max(...values) - Math.min(...values) || 1) * 0.08
  const x = along('dose', [Math.min(...doses) - margin, Math.max(...doses) + margin], {
    title: doseLabel,
    tickCount: 8,
    grid: false,
    titlePadding: 10,
  })
  const y = along('mean', [Math.min(0, ...values) - room, Math.max(0, ...values) + room], {
    title: said.change,
    tickCount: 5,
    titlePadding: 10,
  })
  const most = Math.max(1, ...shown.map(({ n }) => n))
  return [
    { data: { values: [{ mean: 0 }] }, mark: { type: 'rule', color: palette.ink, strokeWidth: 1.2 }, encoding: { y } },
    {
      data: { values: [...fitted] },
      mark: { type: 'area', color: palette.programme, opacity: 0.18 },
      encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
    },
    { data: { values: [...fitted] }, mark: { type: 'line', color: palette.programme, strokeWidth: 2.8 }, encoding: { x, y } },
    {
      data: { values: shown.map(({ dose, mean, n }) => ({ dose, mean, size: Math.max(24, (largest * n) / most) })) },
      mark: { type: 'point', filled: true, fill: '#ffffff', fillOpacity: 0.75, stroke: palette.ink, strokeWidth: 1.6, opacity: 1 },
      encoding: { x, y, size: { field: 'size', type: 'quantitative', scale: null, legend: null } },
    },
  ]
}

const tableOf = ({ doseLabel, fitted, observed, minimumCell }: DoseResponse, said: Words): DataTable => {
  const digits = digitsFor([...observed, ...fitted].map(({ mean }) => mean))
  const doses = [...new Set([...observed, ...fitted].map(({ dose }) => dose))].toSorted((left, right) => left - right)
  const whole = doses.every(Number.isInteger)
  return {
    header: [doseLabel, ...said.columns],
    rows: doses.map((dose) => {
      const [seen, line] = [observed.find((one) => one.dose === dose), fitted.find((one) => one.dose === dose)]
      const told = seen !== undefined && seen.n >= minimumCell
      return [
        decimal(dose, whole ? 0 : 1),
        told ? String(seen.n) : seen ? said.few(minimumCell) : '',
        told ? decimal(seen.mean, digits) : '',
        line ? `${decimal(line.mean, digits)} (${intervalWords(line, said.to, digits)})` : '',
      ]
    }),
  }
}

/** How change goes with the dose attended: a fitted line with its interval, over the means of pupils of one dose. */
export const doseResponse = (plot: DoseResponse, language: Language): Figure => {
  const said = words[language]
  const title = said.title(plot.outcome)
  const hidden = plot.observed.some(({ n }) => n < plot.minimumCell)
  const notes = [said.note(shareWords(plot.level)), said.caution, ...(hidden ? [said.hidden(plot.minimumCell)] : [])]
  const base = { title, empty: said.empty, notes, table: tableOf(plot, said) }
  if (plot.fitted.length < 2) return { ...base, spec: null }
  return { ...base, spec: layered(language, title, { width, height }, layersOf(plot, said)) }
}
