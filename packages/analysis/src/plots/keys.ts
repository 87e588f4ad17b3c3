import { pointOf } from './arm-style.ts'
import type { Layer } from './figure.ts'
import { ems } from './text-width.ts'
import { palette } from './theme.ts'

type Key = { readonly text: string; readonly mark: Omit<ReturnType<typeof pointOf>, 'strokeWidth'> & { readonly strokeWidth: number } }

const [size, symbol, between, lineHeight] = [13, 20, 18, 22]

/** A square of a colour, as a key. */
export const swatch = (colour: string): Key['mark'] => ({
  ...pointOf({ colour, shape: 'square', dash: [1, 0], filled: true }, 130),
  stroke: palette.quiet,
  strokeWidth: 1,
})

/** What the marks mean, in rows above a plot: from `left` (0 or less) over this width, broken into lines where they do not fit. */
export const keysAbove = (keys: readonly Key[], left: number, width: number): readonly Layer[] => {
  let [x, line] = [0, 0]
  const places = keys.map(({ text }) => {
    const wide = symbol + ems(text) * size
    if (x > 0 && x + wide > width) [x, line] = [0, line + 1]
    x += wide + between
    return { x: left + x - wide - between, line }
  })
  const room = (line + 1) * lineHeight + 8
  return keys.flatMap(({ text, mark }, place): Layer[] => {
    const [at, y] = [places[place]!.x, -room + places[place]!.line * lineHeight + lineHeight / 2]
    return [
      { data: { values: [{}] }, mark, encoding: { x: { value: at + 7 }, y: { value: y } } },
      {
        data: { values: [{ text }] },
        mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: size },
        encoding: { x: { value: at + symbol }, y: { value: y }, text: { field: 'text' } },
      },
    ]
  })
}
