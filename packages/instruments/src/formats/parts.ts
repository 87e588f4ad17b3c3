/** A file that holds several forms or groups: which one is the questionnaire. */
import { answersKey, type ForeignItem } from './foreign.ts'
import { type Imported, refused } from './imported.ts'
import type { ScoreText } from './scores.ts'

type Part = { readonly name: string; readonly items: readonly ForeignItem[]; readonly scores: readonly ScoreText[] }

/** How many questions of a part share one list of answers. */
const shared = ({ items }: Part): number => {
  const counts = new Map<string, number>()
  for (const { options } of items) counts.set(answersKey(options), (counts.get(answersKey(options)) ?? 0) + (options.length > 1 ? 1 : 0))
  return Math.max(0, ...counts.values())
}

/** The part that is named, or the one that looks most like a scored questionnaire: a score first, then the most questions with one list of answers. */
export const chosenPart = <One extends Part>(parts: readonly One[], named: string | undefined): One | null => {
  if (named !== undefined) return parts.find(({ name }) => name === named) ?? null
  const fit = parts.filter((part) => part.scores.length > 0 || shared(part) >= 3)
  const rank = (part: Part) => (part.scores.length > 0 ? 10_000 : 0) + shared(part)
  return fit.toSorted((left, right) => rank(right) - rank(left))[0] ?? null
}

/** Why no part was chosen: a name that the file has not, or records rather than a questionnaire. */
export const noPart = (kind: 'form' | 'group', file: string, parts: readonly Part[], named: string | undefined): Imported => {
  const what =
    named === undefined
      ? `no ${kind} has a score over its questions, or three questions that share one list of answers: these are records, not a questionnaire`
      : `has no ${kind} ${named.slice(0, 60)}`
  const names = parts.map(({ name }) => name || '(none)').join(', ')
  return refused('no-questionnaire', file, what, `${kind}s here: ${names.slice(0, 300)}`)
}

/** Expressions that name one of the items, or a score that does: another calculation, such as a body mass index, is no score. */
export const scoresOver = (items: readonly ForeignItem[], expressions: readonly ScoreText[], reference: RegExp): readonly ScoreText[] => {
  const named = expressions.map(({ expression }) => [...expression.slice(0, 20_000).matchAll(reference)].map(([, name]) => name!))
  const meant = new Set(items.map(({ name }) => name))
  const found = new Set<ScoreText>()
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const [position, score] of expressions.entries()) {
      if (found.has(score) || !named[position]!.some((name) => meant.has(name))) continue
      found.add(score)
      meant.add(score.name)
    }
  }
  return expressions.filter((score) => found.has(score))
}
