import { across, down, type Layer } from './figure.ts'
import { ems, wrapped } from './text-width.ts'
import { palette } from './theme.ts'

export type Line = { readonly text: string; readonly bold: boolean; readonly colour: string }
export const plain = (text: string): Line => ({ text, bold: false, colour: palette.ink })
export const quiet = (text: string): Line => ({ text, bold: false, colour: palette.quiet })
export const bold = (text: string): Line => ({ text, bold: true, colour: palette.ink })

export type Row = { readonly stage: string; readonly cells: readonly (readonly Line[] | null)[] }
type FlowChart = {
  readonly columns: number
  /** in a box above all columns, and in one at its side, whose width in pixels it is told; null for no such box */
  readonly head: readonly Line[] | null
  readonly aside: ((width: number) => readonly Line[]) | null
  /** from the top, named at the left; a column without a cell in a row is passed by */
  readonly rows: readonly Row[]
}

const [size, lineHeight, inside, gapAcross, gapDown, leastAside, longestStage] = [13, 18, 9, 14, 24, 176, 5.5]
const columnWidths = [0, 230, 190, 160, 132]

const widthOf = (columns: number) => columnWidths[columns] ?? 126
/** How wide a text of a column may be, in pixels. */
export const cellWidth = (columns: number): number => widthOf(columns) - 2 * inside

/** A text in lines no wider than this. */
export const linesWithin = (text: string, width: number): readonly string[] => wrapped(text, width / size)

/** Parts in one line where they fit, one below the other where they do not. */
export const fitted = (parts: readonly string[], comma: string, width: number): readonly string[] => {
  const joined = parts.join(comma)
  return ems(joined) * size <= width ? [joined] : parts.flatMap((part) => linesWithin(part, width))
}

type Box = { readonly x: number; readonly x2: number; readonly y: number; readonly y2: number; readonly lines: readonly Line[] }
type Stroke = { readonly x: number; readonly y: number; readonly x2: number; readonly y2: number; readonly arrow: boolean }
type Name = { readonly y: number; readonly lines: readonly string[] }
type Part = { readonly boxes: readonly Box[]; readonly strokes: readonly Stroke[]; readonly end: number }

const tall = (lines: readonly Line[]) => lines.length * lineHeight + 2 * inside

/** The boxes above the columns, and the line that parts to them. */
const above = ({ head, aside }: FlowChart, centres: readonly number[], right: number): Part => {
  if (!head) return { boxes: [], strokes: [], end: 0 }
  const middle = (centres[0]! + centres.at(-1)!) / 2
  const half = (Math.max(...head.map(({ text }) => ems(text))) * (size + 0.5)) / 2 + 2 * inside
  const top: Box = { x: middle - half, x2: middle + half, y: 0, y2: tall(head), lines: head }
  const [from, to] = [middle + 20, Math.max(right, middle + 20 + leastAside)]
  const lines = aside?.(to - from - 2 * inside) ?? []
  const y = top.y2 + gapDown / 2
  const beside: readonly Box[] = aside ? [{ x: from, x2: to, y, y2: y + tall(lines), lines }] : []
  const end = (beside[0]?.y2 ?? top.y2) + gapDown
  return {
    boxes: [top, ...beside],
    strokes: [
      { x: middle, y: top.y2, x2: middle, y2: end, arrow: false },
      { x: centres[0]!, y: end, x2: centres.at(-1)!, y2: end, arrow: false },
      ...beside.map((box) => ({ x: middle, y: (box.y + box.y2) / 2, x2: from, y2: (box.y + box.y2) / 2, arrow: false })),
    ],
    end,
  }
}

/** The rows from here down, an arrow from each column's last box to its next. */
const below = ({ rows, head }: FlowChart, stages: readonly (readonly string[])[], centres: readonly number[], from: number) => {
  const half = widthOf(centres.length) / 2
  const ends: (number | null)[] = centres.map(() => (head ? from : null))
  const [boxes, strokes, names]: [Box[], Stroke[], Name[]] = [[], [], []]
  let y = head ? from + gapDown : 0
  for (const [place, { cells }] of rows.entries()) {
    const y2 = y + Math.max(stages[place]!.length * lineHeight, ...cells.map((cell) => tall(cell ?? [])))
    for (const [column, lines] of cells.entries()) {
      if (!lines) continue
      const [x, end] = [centres[column]!, ends[column] ?? null]
      boxes.push({ x: x - half, x2: x + half, y, y2, lines })
      if (end !== null) strokes.push({ x, y: end, x2: x, y2: y, arrow: true })
      ends[column] = y2
    }
    names.push({ y: (y + y2) / 2, lines: stages[place]! })
    y = y2 + gapDown
  }
  return { boxes, strokes, names, end: y - gapDown }
}

const textLayers = (boxes: readonly Box[], names: readonly Name[], width: number, height: number): Layer[] => {
  const [x, y] = [across(width), down(height)]
  const text = { type: 'text', baseline: 'middle', fontSize: size, lineHeight } as const
  const texts = boxes.flatMap((box) =>
    box.lines.map((line, place) => ({
      ...line,
      x: (box.x + box.x2) / 2,
      y: (box.y + box.y2) / 2 + (place - (box.lines.length - 1) / 2) * lineHeight,
    })),
  )
  const lines = (heavy: boolean): Layer => ({
    data: { values: texts.filter((line) => line.bold === heavy).map(({ text, colour, x, y }) => ({ text, colour, x, y })) },
    mark: { ...text, align: 'center', ...(heavy ? { fontWeight: 600 } : {}) },
    encoding: { x, y, text: { field: 'text' }, color: { field: 'colour', type: 'nominal', scale: null } },
  })
  return [
    lines(false),
    lines(true),
    {
      data: { values: names.map((name) => ({ x: 0, y: name.y - ((name.lines.length - 1) * lineHeight) / 2, lines: name.lines })) },
      mark: { ...text, align: 'left', color: palette.quiet },
      encoding: { x, y, text: { field: 'lines' } },
    },
  ]
}

/** Boxes in columns under a common head, joined by arrows: the layers of a spec and its size in pixels. */
export const flowChart = (chart: FlowChart): { readonly layers: Layer[]; readonly width: number; readonly height: number } => {
  const stages = chart.rows.map(({ stage }) => wrapped(stage, longestStage))
  const left = Math.ceil(Math.max(...stages.flat().map(ems)) * size) + 14
  const column = widthOf(chart.columns)
  const centres = Array.from({ length: chart.columns }, (_, place) => left + place * (column + gapAcross) + column / 2)
  const width = centres.at(-1)! + column / 2
  const top = above(chart, centres, width)
  const columns = below(chart, stages, centres, top.end)
  const [boxes, strokes] = [
    [...top.boxes, ...columns.boxes],
    [...top.strokes, ...columns.strokes],
  ]
  const [x, y, to] = [across(width), down(columns.end), { x2: { field: 'x2' }, y2: { field: 'y2' } }]
  const layers: Layer[] = [
    { data: { values: strokes }, mark: { type: 'rule', color: palette.quiet, strokeWidth: 1.2 }, encoding: { x, y, ...to } },
    {
      data: { values: strokes.filter(({ arrow }) => arrow).map(({ x2, y2 }) => ({ x: x2, y: y2 - 3 })) },
      mark: { type: 'point', shape: 'triangle-down', filled: true, color: palette.quiet, size: 45, opacity: 1 },
      encoding: { x, y },
    },
    {
      data: { values: boxes.map(({ lines, ...box }) => box) },
      mark: { type: 'rect', cornerRadius: 4, fill: '#ffffff', stroke: palette.quiet, strokeWidth: 1 },
      encoding: { x, y, ...to },
    },
    ...textLayers(boxes, columns.names, width, columns.end),
  ]
  return { layers, width, height: columns.end }
}
