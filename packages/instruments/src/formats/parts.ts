/** A file that holds several forms or groups: which one is the questionnaire. */
import type { ForeignItem, ForeignScale } from './foreign.ts'

export type Part = { readonly name: string; readonly items: readonly ForeignItem[]; readonly scales: readonly ForeignScale[] }

/** How many questions of a part share one list of answers. */
const shared = ({ items }: Part): number => {
  const counts = new Map<string, number>()
  for (const { options } of items) {
    const key = JSON.stringify(options.map(({ value, words }) => [value, words]))
    counts.set(key, (counts.get(key) ?? 0) + (options.length > 1 ? 1 : 0))
  }
  return Math.max(0, ...counts.values())
}

/** The part that is named, or the one that looks most like a scored questionnaire: a score first, then the most questions with one list of answers. */
export const chosenPart = (parts: readonly Part[], named: string | undefined): Part | null => {
  if (named !== undefined) return parts.find(({ name }) => name === named) ?? null
  const fit = parts.filter((part) => part.scales.length > 0 || shared(part) >= 3)
  const rank = (part: Part) => (part.scales.length > 0 ? 10_000 : 0) + shared(part)
  return fit.toSorted((left, right) => rank(right) - rank(left))[0] ?? null
}
