import { type ArmStyle, armStyles, pointOf } from './arm-style.ts'
import { along, type DataTable, type Figure, type Layer, layered, type PlotArm } from './figure.ts'
import { decimal, digitsFor, intervalWords, shareWords } from './number-words.ts'
import { sideNames } from './side-names.ts'
import { wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

type WaveMean = {
  readonly arm: string
  /** its place among the waves */
  readonly wave: number
  readonly n: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}
export type Trajectories = {
  readonly outcome: string
  readonly arms: readonly PlotArm[]
  readonly waves: readonly string[]
  readonly level: number
  readonly means: readonly WaveMean[]
  /** [] to leave them out; more than 30 are left out */
  readonly schools: readonly {
    readonly arm: string
    readonly means: readonly { readonly wave: number; readonly mean: number; readonly n: number }[]
  }[]
  readonly minimumCell: number
}

const words = {
  'zh-CN': {
    title: (outcome: string) => `${outcome}：各轮平均分`,
    empty: '还没有可以画出的平均分。',
    bars: (level: string) => `粗线为各组平均分，竖线为平均分的 ${level} 区间。`,
    schools: '细线为各校平均分。',
    hidden: (n: number) => `少于 ${n} 人的学校不画。`,
    zero: '纵轴不从 0 开始。',
    columns: ['轮次', '组别', '人数', '平均分', '区间'],
    to: '至',
    mean: '平均分',
  },
  en: {
    title: (outcome: string) => `${outcome}: means over the waves`,
    empty: 'There are no means to draw yet.',
    bars: (level: string) => `Thick lines: means of the arms; bars: ${level} intervals of the means.`,
    schools: 'Thin lines: means of schools.',
    hidden: (n: number) => `Schools with fewer than ${n} pupils are not drawn.`,
    zero: 'The vertical axis does not start at zero.',
    columns: ['wave', 'arm', 'n', 'mean', 'interval'],
    to: 'to',
    mean: 'mean score',
  },
}
type Words = (typeof words)[Language]

const [height, mostSchools] = [250, 30]

const drawnSchools = ({ schools, minimumCell }: Trajectories) =>
  schools.length > mostSchools
    ? []
    : schools
        .map(({ arm, means }) => ({
          arm,
          means: means.filter(({ n }) => n >= minimumCell).toSorted((left, right) => left.wave - right.wave),
        }))
        .filter(({ means }) => means.length > 0)

const domainOf = (plot: Trajectories, schools: ReturnType<typeof drawnSchools>): readonly [number, number] => {
  const values = [
    ...plot.means.flatMap(({ mean, lower, upper }) => [mean, lower ?? mean, upper ?? mean]),
    ...schools.flatMap(({ means }) => means.map(({ mean }) => mean)),
  ]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const margin = (most - least || Math.abs(most) || 1) * 0.06
  return [least - margin, most + margin]
}

const scales = (plot: Trajectories, domain: readonly [number, number], width: number, said: Words) => {
  const last = Math.max(1, plot.waves.length - 1)
  const step = width / (last + 0.3)
  const names = plot.waves.map((wave) => wrapped(wave, Math.min(10, (step - 8) / 13)))
  return {
    x: along('x', [-0.15, last + 0.15], {
      values: plot.waves.map((_, wave) => wave),
      labelExpr: `${JSON.stringify(names)}[datum.value]`,
      title: null,
      grid: false,
      labelColor: palette.ink,
      labelOverlap: false,
      labelLineHeight: 17,
    }),
    y: along('y', domain, { title: said.mean, tickCount: 5, titlePadding: 10 }),
  }
}

const armLayers = (plot: Trajectories, { id }: PlotArm, place: number, style: ArmStyle, { x, y }: ReturnType<typeof scales>): Layer[] => {
  const shift = (place - (plot.arms.length - 1) / 2) * 0.045
  const values = plot.means
    .filter(({ arm }) => arm === id)
    .map(({ wave, mean, lower, upper }) => ({ x: wave + shift, y: mean, lower: lower ?? mean, upper: upper ?? mean }))
    .toSorted((left, right) => left.x - right.x)
  return [
    {
      data: { values },
      mark: { type: 'rule', color: style.colour, strokeWidth: 1.6 },
      encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
    },
    { data: { values }, mark: { type: 'line', color: style.colour, strokeWidth: 2.8, strokeDash: [...style.dash] }, encoding: { x, y } },
    { data: { values }, mark: pointOf(style), encoding: { x, y } },
  ]
}

const layersOf = (plot: Trajectories, domain: readonly [number, number], width: number, said: Words): Layer[] => {
  const styles = armStyles(plot.arms)
  const axes = scales(plot, domain, width, said)
  const thin = drawnSchools(plot).flatMap(({ arm, means }, school) =>
    means.map(({ wave, mean }) => ({ x: wave, y: mean, school, colour: styles.get(arm)?.colour ?? palette.quiet })),
  )
  const ends = plot.arms.flatMap(({ id, label }) => {
    const last = plot.means.filter(({ arm }) => arm === id).toSorted((left, right) => right.wave - left.wave)[0]
    return last ? [{ label, at: last.mean, style: styles.get(id)! }] : []
  })
  const names = sideNames(ends, width, height, domain)
  const schools: Layer = {
    data: { values: thin },
    mark: { type: 'line', strokeWidth: 1, opacity: 0.3 },
    encoding: {
      x: axes.x,
      y: axes.y,
      detail: { field: 'school' },
      color: { field: 'colour', type: 'nominal', scale: null },
    },
  }
  return [
    ...(thin.length > 0 ? [schools] : []),
    ...plot.arms.flatMap((arm, place) => armLayers(plot, arm, place, styles.get(arm.id)!, axes)),
    ...names,
  ]
}

const tableOf = ({ arms, waves, means }: Trajectories, said: Words): DataTable => {
  const digits = digitsFor(means.map(({ mean }) => mean))
  return {
    header: said.columns,
    rows: waves.flatMap((label, place) =>
      arms.flatMap(({ id, label: arm }) =>
        means
          .filter((mean) => mean.arm === id && mean.wave === place)
          .map(({ n, mean, lower, upper }) => [
            label,
            arm,
            String(n),
            decimal(mean, digits),
            lower === null || upper === null ? '' : intervalWords({ lower, upper }, said.to, digits),
          ]),
      ),
    ),
  }
}

/** Mean scores at every wave with their intervals, a line per arm, the means of schools thin behind. */
export const trajectories = (plot: Trajectories, language: Language): Figure => {
  const said = words[language]
  const title = said.title(plot.outcome)
  const schools = drawnSchools(plot)
  const domain = domainOf(plot, schools)
  const hidden = plot.schools.length <= mostSchools && plot.schools.some(({ means }) => means.some(({ n }) => n < plot.minimumCell))
  const notes = [
    said.bars(shareWords(plot.level)),
    ...(schools.length > 0 ? [said.schools] : []),
    ...(hidden ? [said.hidden(plot.minimumCell)] : []),
    ...(domain[0] > 0 || domain[1] < 0 ? [said.zero] : []),
  ]
  const base = { title, empty: said.empty, notes, table: tableOf(plot, said) }
  if (plot.means.length === 0) return { ...base, spec: null }
  const width = Math.min(400, 220 + 45 * (plot.waves.length - 1))
  const layers = layersOf(plot, domain, width, said)
  return { ...base, spec: layered(language, title, { width, height }, layers) }
}
