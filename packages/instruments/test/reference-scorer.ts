/**
 * A second scorer, slow and plain, that shares no line with the engine: it reads the key that a definition declares and follows the
 * sentences of the library's README one by one. What both agree on is what the key says.
 */
import type { Definition } from '../src/definition.ts'

type Sheet = Readonly<Record<string, unknown>>
type Scale = Definition['scales'][number]
export type ReferenceScore = { readonly value: number | null; readonly answered: number; readonly band: string | null }

/** The answer that counts for an item: 'none' where there is none, 'away' where the sheet does not ask it and nothing stands for it. */
const counts = (definition: Definition, sheet: Sheet, id: string): number | 'none' | 'away' => {
  const item = definition.items.filter((candidate) => candidate.id === id)[0]!
  const answer = sheet[id]
  if (typeof answer === 'number') return answer
  if (referenceAsks(definition, sheet, id)) return 'none'
  return item.otherwise === undefined ? 'away' : item.otherwise
}

/** Whether a sheet asks an item: not once every item that decides over it has an answer, or its stand-in, that does not. */
export const referenceAsks = (definition: Definition, sheet: Sheet, id: string): boolean => {
  const { askedIf } = definition.items.filter((candidate) => candidate.id === id)[0]!
  if (!askedIf) return true
  return [askedIf.item].concat(askedIf.orItems ?? []).some((decider) => {
    const decided = counts(definition, sheet, decider)
    return decided === 'none' || (decided !== 'away' && decided >= askedIf.from && decided <= askedIf.to)
  })
}

/** Half up in decimal digits, so that 2.675 is what a person reads. */
const roundedTo = (value: number, decimals: number): number => {
  const [whole, fraction = ''] = Math.abs(value).toFixed(9).split('.')
  const digits = BigInt(whole! + fraction)
  const unit = 10n ** BigInt(9 - decimals)
  const [below, rest] = [digits / unit, digits % unit]
  const up = value < 0 ? rest * 2n > unit : rest * 2n >= unit
  const size = Number(up ? below + 1n : below) / 10 ** decimals
  return value < 0 ? -size : size
}

const onMetric = ({ transform, rounding }: Scale, raw: number): number => {
  let value = raw
  if (transform?.kind === 'linear') value = transform.add + transform.multiply * raw
  if (transform?.kind === 'table') {
    const whole = roundedTo(raw, 0)
    value = transform.rows.filter(([from]) => from === whole)[0]![1]
  }
  return rounding.mode === 'none' ? value : roundedTo(value, rounding.decimals)
}

const bandAt = ({ bands }: Scale, value: number): string | null => {
  let band: string | null = null
  for (const candidate of bands) if (candidate.from <= value) band = candidate.id
  return band
}

type Part = { readonly weight: number; readonly value: number | null }

const itemPart = (definition: Definition, sheet: Sheet, { item, reversed, weight }: Scale['items'][number]): Part => {
  const answer = counts(definition, sheet, item)
  const set = definition.optionSets[definition.items.filter(({ id }) => id === item)[0]!.options]!.map(({ value }) => value).sort(
    (a, b) => a - b,
  )
  const mirrored = typeof answer === 'number' && reversed ? set[0]! - answer + set[set.length - 1]! : answer
  return { weight: weight ?? 1, value: typeof mirrored === 'number' ? mirrored : null }
}

const scoreParts = (scale: Scale, parts: readonly Part[]): ReferenceScore => {
  const { missing, method, count } = scale
  const there = parts.filter(({ value }) => value !== null)
  const answered = there.length
  const none = { value: null, answered, band: null }
  if (answered < missing.minimumAnswered) return none
  if (answered < parts.length && missing.treatment === 'null') return none
  let total = 0
  for (const { value, weight } of there) {
    if (method !== 'count') total += weight * value!
    else if (value! >= count!.from && value! <= count!.to) total += weight
  }
  const weightOf = (some: readonly Part[]) => some.map(({ weight }) => weight).reduce((left, right) => left + right, 0)
  const [all, had] = [weightOf(parts), weightOf(there)]
  if (method === 'mean') total /= missing.treatment === 'zero' ? all : had
  else if (missing.treatment === 'prorate') total = (total * all) / had
  if (answered < parts.length && missing.cap !== undefined && total > missing.cap) total = missing.cap
  const value = onMetric(scale, total)
  return { value, answered, band: bandAt(scale, value) }
}

export const referenceScores = (definition: Definition, sheet: Sheet): Readonly<Record<string, ReferenceScore>> => {
  const scores: Record<string, ReferenceScore> = {}
  for (const scale of definition.scales) {
    const parts = scale.of
      ? scale.of.map(({ scale: id, weight }) => ({ weight: weight ?? 1, value: scores[id]!.value }))
      : scale.items.map((keyed) => itemPart(definition, sheet, keyed))
    scores[scale.id] = scoreParts(scale, parts)
  }
  return scores
}
