import { across, type DataTable, down, type Figure, type Layer, layered, type PlotArm } from './figure.ts'
import { ems, wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

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

const [size, lineHeight, inside, gapAcross, gapDown] = [13, 18, 9, 14, 24]
const [widestTop, leastBeside] = [220, 176]
const columnWidths = [0, 230, 190, 160, 132]

type Line = { readonly text: string; readonly weight: 'normal' | 'bold'; readonly colour: string }
type Box = { readonly x: number; readonly x2: number; readonly y: number; readonly y2: number; readonly lines: readonly Line[] }
type Row = { readonly stage: readonly string[]; readonly cells: readonly (readonly Line[] | null)[] }

const plain = (text: string): Line => ({ text, weight: 'normal', colour: palette.ink })
const quiet = (text: string): Line => ({ text, weight: 'normal', colour: palette.quiet })
const bold = (text: string): Line => ({ text, weight: 'bold', colour: palette.ink })

/** Parts in one line where they fit, one below the other where they do not. */
const fitted = (parts: readonly string[], comma: string, width: number): readonly string[] => {
  const joined = parts.join(comma)
  return ems(joined) * size <= width ? [joined] : parts.flatMap((part) => wrapped(part, width / size))
}

const countLines = ({ schools, pupils }: Count, said: Words, width: number) =>
  fitted([said.schools(schools), said.pupils(pupils)], said.comma, width).map(plain)

const lostLines = ({ lostSchools, lostPupils }: WaveCount, said: Words, width: number) => {
  const parts = [...(lostSchools > 0 ? [said.schools(lostSchools)] : []), said.pupils(lostPupils)]
  return lostPupils + lostSchools === 0 ? [] : fitted([said.lost(parts[0]!), ...parts.slice(1)], said.comma, width).map(quiet)
}

const rowsOf = ({ arms, waveLabels }: ConsortFlow, said: Words, width: number): readonly Row[] => {
  const of = (count: Count | null) => count && countLines(count, said, width)
  const waves = waveLabels.map((stage, wave) => ({
    stage,
    cells: arms.map(({ waves }) => {
      const held = waves[wave]
      return held ? [...countLines(held, said, width), ...lostLines(held, said, width)] : [quiet(said.none)]
    }),
  }))
  const rows = [
    { stage: said.stages.allocated, cells: arms.map((arm) => [...wrapped(arm.label, width / size).map(bold), ...of(arm.allocated)!]) },
    { stage: said.stages.received, cells: arms.map(({ received }) => of(received)) },
    ...waves,
    { stage: said.stages.analysed, cells: arms.map(({ analysed }) => of(analysed)) },
  ]
  return rows.filter(({ cells }) => cells.some((cell) => cell !== null)).map(({ stage, cells }) => ({ stage: wrapped(stage, 5.5), cells }))
}

const tall = (lines: readonly Line[]) => lines.length * lineHeight + 2 * inside

const topBoxes = ({ assessed, excluded }: ConsortFlow, said: Words, middle: number, width: number): readonly Box[] => {
  if (!assessed) return []
  const head = [
    bold(said.assessed),
    ...fitted([said.schools(assessed.schools), said.pupils(assessed.pupils)], said.comma, widestTop).map(plain),
  ]
  const half = (Math.max(...head.map(({ text }) => ems(text))) * (size + 0.5)) / 2 + 2 * inside
  const top = { x: middle - half, x2: middle + half, y: 0, y2: tall(head), lines: head }
  if (excluded.length === 0) return [top]
  const right = Math.max(width, middle + 20 + leastBeside)
  const inner = right - middle - 20 - 2 * inside
  const reasons = excluded.flatMap(({ reason, schools, pupils }) => {
    const counts = [...(schools > 0 ? [said.schools(schools)] : []), ...(pupils > 0 ? [said.pupils(pupils)] : [])].join(said.comma)
    return fitted([`${reason}${said.of}`, counts], '', inner).map(plain)
  })
  const lines = [bold(said.excluded), ...reasons]
  const y = top.y2 + gapDown / 2
  return [top, { x: middle + 20, x2: right, y, y2: y + tall(lines), lines }]
}

type Placed = {
  readonly boxes: readonly Box[]
  readonly lines: readonly (readonly [number, number, number, number])[]
  readonly height: number
}

/** From the box above each arm's column, down its boxes. */
const placed = (
  flow: ConsortFlow,
  rows: readonly Row[],
  said: Words,
  left: number,
  column: number,
): Placed & { readonly at: readonly number[] } => {
  const width = left + flow.arms.length * (column + gapAcross) - gapAcross
  const middle = left + (width - left) / 2
  const centre = (arm: number) => left + arm * (column + gapAcross) + column / 2
  const top = topBoxes(flow, said, middle, width)
  const topEnd = Math.max(0, ...top.map(({ y2 }) => y2))
  let y = top.length === 0 ? 0 : topEnd + 2 * gapDown
  const branch = topEnd + gapDown
  const boxes: Box[] = [...top]
  const at: number[] = []
  const lines: [number, number, number, number][] = []
  const ends = flow.arms.map(() => (top.length === 0 ? null : branch))
  if (top[0]) lines.push([middle, top[0].y2, middle, branch], [centre(0), branch, centre(flow.arms.length - 1), branch])
  if (top[1]) lines.push([middle, (top[1].y + top[1].y2) / 2, top[1].x, (top[1].y + top[1].y2) / 2])
  for (const { cells, stage } of rows) {
    const height = Math.max(stage.length * lineHeight, ...cells.map((cell) => tall(cell ?? [])))
    for (const [arm, cell] of cells.entries()) {
      if (!cell) continue
      boxes.push({ x: centre(arm) - column / 2, x2: centre(arm) + column / 2, y, y2: y + height, lines: cell })
      if (ends[arm] != null) lines.push([centre(arm), ends[arm], centre(arm), y])
      ends[arm] = y + height
    }
    at.push(y + height / 2)
    y += height + gapDown
  }
  return { boxes, lines, height: y - gapDown, at }
}

const layersOf = (
  { boxes, lines }: Placed,
  names: readonly { readonly y: number; readonly lines: readonly string[] }[],
  width: number,
  height: number,
): Layer[] => {
  const [x, y] = [across(width), down(height)]
  const texts = boxes.flatMap((box) =>
    box.lines.map((line, place) => ({
      ...line,
      x: (box.x + box.x2) / 2,
      y: (box.y + box.y2) / 2 + (place - (box.lines.length - 1) / 2) * lineHeight,
    })),
  )
  const text = { type: 'text', baseline: 'middle', fontSize: size, lineHeight } as const
  const pointed = lines
    .filter(([, from, , to]) => to > from)
    .filter(([, , x2, y2]) => boxes.some((box) => box.y === y2 && box.x < x2 && x2 < box.x2))
  return [
    {
      data: { values: lines.map(([x1, y1, x2, y2]) => ({ x: x1, y: y1, x2, y2 })) },
      mark: { type: 'rule', color: palette.quiet, strokeWidth: 1.2 },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    },
    {
      data: { values: pointed.map(([, , x2, y2]) => ({ x: x2, y: y2 - 3 })) },
      mark: { type: 'point', shape: 'triangle-down', filled: true, color: palette.quiet, size: 45, opacity: 1 },
      encoding: { x, y },
    },
    {
      data: { values: boxes.map((box) => ({ x: box.x, x2: box.x2, y: box.y, y2: box.y2 })) },
      mark: { type: 'rect', cornerRadius: 4, fill: '#ffffff', stroke: palette.quiet, strokeWidth: 1 },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    },
    {
      data: { values: texts },
      mark: { ...text, align: 'center' },
      encoding: {
        x,
        y,
        text: { field: 'text' },
        color: { field: 'colour', type: 'nominal', scale: null },
        size: { value: size },
      },
      transform: [{ filter: "datum.weight === 'normal'" }],
    },
    {
      data: { values: texts },
      mark: { ...text, align: 'center', fontWeight: 600 },
      encoding: { x, y, text: { field: 'text' } },
      transform: [{ filter: "datum.weight === 'bold'" }],
    },
    {
      data: { values: names.map((name) => ({ x: 0, y: name.y - ((name.lines.length - 1) * lineHeight) / 2, lines: name.lines })) },
      mark: { ...text, align: 'left', color: palette.quiet },
      encoding: { x, y, text: { field: 'lines' } },
    },
  ]
}

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
  const base = { title: said.title, empty: said.empty, notes: [], table: tableOf(flow, said) }
  if (flow.arms.length === 0) return { ...base, spec: null }
  const column = columnWidths[flow.arms.length] ?? 126
  const rows = rowsOf(flow, said, column - 2 * inside)
  const left = Math.ceil(Math.max(...rows.flatMap(({ stage }) => stage.map(ems))) * size) + 14
  const drawn = placed(flow, rows, said, left, column)
  const width = left + flow.arms.length * (column + gapAcross) - gapAcross
  const names = rows.map(({ stage }, place) => ({ lines: stage, y: drawn.at[place]! }))
  return { ...base, spec: layered(language, said.title, { width, height: drawn.height }, layersOf(drawn, names, width, drawn.height)) }
}
