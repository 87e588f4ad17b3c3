import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const colour = (name: string) => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)
  if (!found) throw new Error(`tokens.css has no colour --${name}`)
  return found[1]!
}
const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => channel(Number.parseInt(hex.slice(start, start + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (first: string, second: string) => {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

const written: readonly (readonly [ink: string, ground: string])[] = [
  ...['paper', 'sheet', 'green-wash', 'immediate-wash', 'prompt-wash', 'routine-wash'].flatMap((ground) =>
    ['ink', 'ink-soft', 'green-deep'].map((ink) => [ink, ground] as const),
  ),
  ...['immediate', 'prompt', 'routine'].flatMap((ink) => ['paper', 'sheet', `${ink}-wash`].map((ground) => [ink, ground] as const)),
  ['ink-soft', 'line'],
  ['sheet', 'green'],
  ['sheet', 'green-deep'],
  ['sheet', 'immediate'],
]

test.each(written)('--%s is legible on --%s: WCAG AA, 4.5 to 1', (ink, ground) => {
  expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5)
})

test('the focus ring and the edge of a field stand out from paper and sheet: 3 to 1', () => {
  for (const edge of ['focus', 'line-strong'])
    for (const ground of ['paper', 'sheet'])
      expect(contrast(colour(edge), colour(ground)), `${edge} on ${ground}`).toBeGreaterThanOrEqual(3)
})
