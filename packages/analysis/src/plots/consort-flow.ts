import { type DataTable, type Figure, layered, type PlotArm } from './figure.ts'
import { bold, cellWidth, fitted, flowChart, type Line, linesWithin, plain, quiet, type Row } from './flow-chart.ts'
import type { Language } from './theme.ts'

type Count = { readonly schools: number; readonly pupils: number }
type WaveCount = Count & { readonly label: string; readonly lostSchools: number; readonly lostPupils: number }
type ConsortArm = PlotArm & {
  readonly allocated: Count
  readonly received: Count | null
  /** after the programme began: every arm the same waves in order, null where a wave was not held in this arm */
  readonly waves: readonly (WaveCount | null)[]
  readonly analysed: Count | null
}
export type ConsortFlow = {
  readonly assessed: Count | null
  readonly excluded: readonly (Count & { readonly reason: string })[]
  readonly waveLabels: readonly string[]
  readonly arms: readonly ConsortArm[]
}

const words = {
  'zh-CN': {
    title: '学校与学生的去留（整群试验 CONSORT 流程）',
    empty: '还没有分到组的学校，暂不能画流程图。',
    assessed: '评估入组条件',
    excluded: '未入组',
    stages: { allocated: '分组', received: '接受干预', analysed: '纳入分析' },
    schools: (n: number) => `${n} 所学校`,
    pupils: (n: number) => `${n} 名学生`,
    lost: (text: string) => `失访 ${text}`,
    comma: '，',
    of: '：',
    none: '本轮未施测',
    columns: ['阶段', '组别', '学校', '学生', '失访学校', '失访学生'],
    all: '全部',
  },
  en: {
    title: 'Schools and pupils through the trial (CONSORT flow for cluster trials)',
    empty: 'No school has been allocated yet, so there is no flow to draw.',
    assessed: 'Assessed for eligibility',
    excluded: 'Not enrolled',
    stages: { allocated: 'Allocated', received: 'Received', analysed: 'Analysed' },
    schools: (n: number) => (n === 1 ? '1 school' : `${n} schools`),
    pupils: (n: number) => (n === 1 ? '1 pupil' : `${n} pupils`),
    lost: (text: string) => `lost: ${text}`,
    comma: ', ',
    of: ': ',
    none: 'not held',
    columns: ['stage', 'arm', 'schools', 'pupils', 'schools lost', 'pupils lost'],
    all: 'all',
  },
}
type Words = (typeof words)[Language]

const widestHead = 220

const countLines = ({ schools, pupils }: Count, said: Words, width: number): readonly Line[] =>
  fitted([said.schools(schools), said.pupils(pupils)], said.comma, width).map(plain)

const lostLines = ({ lostSchools, lostPupils }: WaveCount, said: Words, width: number): readonly Line[] => {
  const parts = [...(lostSchools > 0 ? [said.schools(lostSchools)] : []), said.pupils(lostPupils)]
  return lostPupils + lostSchools === 0 ? [] : fitted([said.lost(parts[0]!), ...parts.slice(1)], said.comma, width).map(quiet)
}

const rowsOf = ({ arms, waveLabels }: ConsortFlow, said: Words): readonly Row[] => {
  const width = cellWidth(arms.length)
  const of = (count: Count | null) => count && countLines(count, said, width)
  const waves = waveLabels.map((stage, wave) => ({
    stage,
    cells: arms.map(({ waves }) => {
      const held = waves[wave]
      return held ? [...countLines(held, said, width), ...lostLines(held, said, width)] : [quiet(said.none)]
    }),
  }))
  const rows: readonly Row[] = [
    {
      stage: said.stages.allocated,
      cells: arms.map(({ label, allocated }) => [...linesWithin(label, width).map(bold), ...countLines(allocated, said, width)]),
    },
    { stage: said.stages.received, cells: arms.map(({ received }) => of(received)) },
    ...waves,
    { stage: said.stages.analysed, cells: arms.map(({ analysed }) => of(analysed)) },
  ]
  return rows.filter(({ cells }) => cells.some((cell) => cell !== null))
}

const excludedLines = ({ excluded }: ConsortFlow, said: Words, width: number): readonly Line[] => [
  bold(said.excluded),
  ...excluded.flatMap(({ reason, schools, pupils }) => {
    const counts = [...(schools > 0 ? [said.schools(schools)] : []), ...(pupils > 0 ? [said.pupils(pupils)] : [])]
    const whole = linesWithin(`${reason}${said.of}${counts.join(said.comma)}`, width)
    return (whole.length === 1 ? whole : [...linesWithin(`${reason}${said.of}`, width), ...fitted(counts, said.comma, width)]).map(plain)
  }),
]

const tableOf = ({ assessed, excluded, arms, waveLabels }: ConsortFlow, said: Words): DataTable => {
  const row = (stage: string, arm: string, count: Count | null, lost: readonly string[] = ['', '']) =>
    count ? [[stage, arm, String(count.schools), String(count.pupils), ...lost]] : []
  return {
    header: said.columns,
    rows: [
      ...row(said.assessed, said.all, assessed),
      ...excluded.flatMap((one) => row(`${said.excluded}${said.of}${one.reason}`, said.all, one)),
      ...arms.flatMap((arm) => row(said.stages.allocated, arm.label, arm.allocated)),
      ...arms.flatMap((arm) => row(said.stages.received, arm.label, arm.received)),
      ...waveLabels.flatMap((label, wave) =>
        arms.flatMap(({ label: arm, waves }) =>
          row(label, arm, waves[wave] ?? null, [String(waves[wave]?.lostSchools), String(waves[wave]?.lostPupils)]),
        ),
      ),
      ...arms.flatMap((arm) => row(said.stages.analysed, arm.label, arm.analysed)),
    ],
  }
}

/** Who was assessed, allocated, reached at each wave and analysed, schools and pupils, a column per arm: the CONSORT flow of a cluster trial. */
export const consortFlow = (flow: ConsortFlow, language: Language): Figure => {
  const said = words[language]
  const { arms, assessed, excluded } = flow
  const base = { title: said.title, empty: said.empty, notes: [], table: tableOf(flow, said) }
  if (arms.length === 0) return { ...base, spec: null }
  const { layers, width, height } = flowChart({
    columns: arms.length,
    head: assessed && [bold(said.assessed), ...countLines(assessed, said, widestHead)],
    aside: excluded.length > 0 ? (room) => excludedLines(flow, said, room) : null,
    rows: rowsOf(flow, said),
  })
  return { ...base, spec: layered(language, said.title, { width, height }, layers) }
}
