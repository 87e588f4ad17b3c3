// Keying a paper sheet without looking up from it: one key a box, and the place moves by itself. Pure, so that every key can be tested.
import type { PaperReading } from '../wire.ts'

type Sheet = PaperReading['sheets'][number]
type Answer = number | 'skipped' | 'declined'
type Options = Readonly<Record<string, readonly { readonly value: number }[]>>
type Item = { readonly id: string; readonly options: string }
/** What the grid has to know of an instrument. */
export type Form = { readonly id: string; readonly version: string; readonly items: readonly Item[]; readonly optionSets: Options }

type Box = { readonly form: number; readonly item: string; readonly number: number; readonly values: readonly number[] }
export type Mark = number | 'empty' | 'declined'
export type Grid = {
  readonly boxes: readonly Box[]
  readonly marks: readonly (Mark | null)[]
  /** The box that the next key fills; the number of boxes once all are passed. */
  readonly at: number
  /** The key that this box does not take. */
  readonly wrong: string | null
}

export const emptyGrid = (forms: readonly Form[]): Grid => {
  const boxes = forms.flatMap((form, position) =>
    form.items.map(({ id, options }, place) => ({
      form: position,
      item: id,
      number: place + 1,
      values: (form.optionSets[options] ?? []).map(({ value }) => value),
    })),
  )
  return { boxes, marks: boxes.map(() => null), at: 0, wrong: null }
}

/** The keys beside the digits, also as a Chinese input method writes them. */
const emptyKeys = ['-', '－', '—', '.', '。', ' ', 's']
const declinedKeys = ['*', '＊', '×', 'd']

export const firstOpen = ({ marks }: Grid): number => {
  const open = marks.indexOf(null)
  return open < 0 ? marks.length : open
}
export const boxesLeft = (grid: Grid): number => grid.marks.filter((mark) => mark === null).length
export const isComplete = (grid: Grid): boolean => firstOpen(grid) === grid.marks.length

const put = (grid: Grid, place: number, mark: Mark | null) => grid.marks.map((old, position) => (position === place ? mark : old))

const markOf = (box: Box, key: string): Mark | null => {
  const typed = key.normalize('NFKC').toLowerCase()
  if (emptyKeys.indexOf(key) >= 0 || emptyKeys.indexOf(typed) >= 0) return 'empty'
  if (declinedKeys.indexOf(key) >= 0 || declinedKeys.indexOf(typed) >= 0) return 'declined'
  return /^[0-9]$/.test(typed) && box.values.indexOf(Number(typed)) >= 0 ? Number(typed) : null
}

/** Moves to a box. No box without an entry is jumped over. */
export const goTo = (grid: Grid, place: number): Grid => ({ ...grid, at: Math.max(0, Math.min(place, firstOpen(grid))), wrong: null })

/** One key. A key that the box does not take changes nothing and is named; one that means nothing here is ignored. */
export const press = (grid: Grid, key: string): Grid => {
  if (key === 'ArrowUp') return goTo(grid, grid.at - 1)
  if (key === 'ArrowDown') return goTo(grid, grid.at + 1)
  if (key === 'Backspace')
    return grid.at === 0 ? { ...grid, wrong: null } : { ...grid, marks: put(grid, grid.at - 1, null), at: grid.at - 1, wrong: null }
  if (key === 'Enter') return goTo(grid, firstOpen(grid))
  const box = grid.boxes[grid.at]
  if (!box || key.length !== 1) return grid
  const mark = markOf(box, key)
  return mark === null ? { ...grid, wrong: key } : { ...grid, marks: put(grid, grid.at, mark), at: grid.at + 1, wrong: null }
}

/** What goes to the server, which tells a box that was left empty from one that nobody was asked to fill. */
export const readingOf = (forms: readonly Form[], grid: Grid): readonly Sheet[] =>
  forms.map(({ id, version }, position) => {
    const answers: Record<string, Answer> = {}
    grid.boxes.forEach((box, place) => {
      const mark = grid.marks[place]
      if (box.form === position && mark !== null && mark !== undefined) answers[box.item] = mark === 'empty' ? 'skipped' : mark
    })
    return { instrument: id, version, answers }
  })
