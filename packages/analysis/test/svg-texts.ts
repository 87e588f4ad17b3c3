import { ems } from '../src/plots/text-width.ts'

export type TextBox = {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const translationOf = (attributes: string): readonly [number, number] => {
  const [, x = '0', y = '0'] = /translate\((-?[\d.e-]+),(-?[\d.e-]+)\)/.exec(attributes) ?? []
  return [Number(x), Number(y)]
}

/** Lines of the tspans of a text, or the text itself, where they start. */
const linesOf = (content: string): readonly { readonly text: string; readonly down: number }[] => {
  const lines = [...content.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)]
  if (lines.length === 0) return [{ text: content, down: 0 }]
  let down = 0
  return lines.map(([, attributes, text]) => {
    down += Number(/ dy="([\d.-]+)"/.exec(attributes!)?.[1] ?? 0)
    return { text: text!, down }
  })
}

/** Where every upright line of text of an SVG stands in its frame, by our own text widths; turned texts are left out. */
export const textBoxes = (svg: string): readonly TextBox[] => {
  const stack: (readonly [number, number])[] = [[0, 0]]
  const boxes: TextBox[] = []
  for (const [, closing, opening, text, content] of svg.matchAll(/(<\/g>)|<g([^>]*)>|<text([^>]*)>(.*?)<\/text>/gs)) {
    if (closing) stack.pop()
    else if (opening !== undefined) {
      const [x, y] = translationOf(opening)
      const [left, top] = stack.at(-1)!
      stack.push([left + x, top + y])
    } else if (!text!.includes('rotate')) {
      const [x, y] = translationOf(text!)
      const [left, top] = stack.at(-1)!
      const size = Number(/font-size="([\d.]+)px"/.exec(text!)?.[1] ?? 11)
      const anchor = /text-anchor="(\w+)"/.exec(text!)?.[1] ?? 'start'
      for (const line of linesOf(content!)) {
        const plain = line.text.replaceAll(/&\w+;/g, 'x')
        const wide = ems(plain) * size
        const start = left + x - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0)
        const foot = top + y + line.down
        if (plain.trim() !== '')
          boxes.push({ text: line.text, left: start, right: start + wide, top: foot - 0.75 * size, bottom: foot + 0.1 * size })
      }
    }
  }
  return boxes
}

export const sizeOf = (svg: string): readonly [number, number] => {
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg)!
  return [Number(width), Number(height)]
}
