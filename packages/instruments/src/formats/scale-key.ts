import type { Scale } from '../definition.ts'

/** How a scale comes from its parts, in signs that need no language: 2*a + b, R(c) for a reversed item. */
export const keyOf = ({ method, items, of, count, transform }: Scale): string => {
  const times = (weight: number | undefined, part: string) => (weight === undefined || weight === 1 ? part : `${weight}*${part}`)
  const parts = of
    ? of.map(({ scale, weight }) => times(weight, scale))
    : items.map(({ item, reversed, weight }) => times(weight, reversed ? `R(${item})` : item))
  const raw = method === 'sum' ? parts.join(' + ') : `${method}${count ? ` ${count.from}..${count.to}` : ''} (${parts.join(', ')})`
  if (!transform) return raw
  if (transform.kind === 'linear') return `(${raw}) * ${transform.multiply} + ${transform.add}`
  return `table of (${raw}): ${transform.rows.map(([from, to]) => `${from}=${to}`).join(' ')}`
}
