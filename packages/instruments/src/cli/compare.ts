/** Two versions of an instrument, compared: what changed, and whether the same answers can now mean something else. */
import type { Definition } from '../definition.ts'

/** results: scores, bands, cut-offs or flags of the same answers. form: what is asked, of whom. words: texts. record: sources and licence. */
export type ChangeKind = 'results' | 'form' | 'words' | 'record'
export type Change = { readonly kind: ChangeKind; readonly place: string; readonly before: unknown; readonly after: unknown }

const recordFields = /\.(source|note|basis|population|sensitivity|specificity|sample|year|status|loinc|n)$/
const kinds: readonly (readonly [RegExp, ChangeKind])[] = [
  [/^texts\.[^.]+\.(source|status|translator|validation|edition|script)$/, 'record'],
  [/^texts\./, 'words'],
  [/^(licence|references|provenance|textsNeeded|estimatedMinutes|validated|acronym|schemaVersion)\b/, 'record'],
  [/^(respondent|ages|grades|lookBackDays)\b/, 'form'],
  [/^items\.order$/, 'form'],
]

const kindOf = (place: string): ChangeKind => {
  if (!place.startsWith('texts.') && recordFields.test(place)) return 'record'
  return kinds.find(([pattern]) => pattern.test(place))?.[1] ?? 'results'
}

type Plain = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (value: unknown): string | undefined => {
  if (!isRecord(value)) return undefined
  const name = value.id ?? value.item ?? value.scale
  return typeof name === 'string' ? name : undefined
}

/** A list as a record by the names of its members, so that an insertion is one change; by position where members have no name. */
const asRecord = (value: readonly unknown[]): Plain =>
  Object.fromEntries(value.map((member, position) => [nameOf(member) ?? String(position + 1), member]))

const orderOf = (value: unknown) => (Array.isArray(value) ? value.map(nameOf) : [])
const fieldsOf = (value: unknown): Plain | undefined => (Array.isArray(value) ? asRecord(value) : isRecord(value) ? value : undefined)

const changesAt = (place: string, before: unknown, after: unknown): readonly Change[] => {
  const [old, young] = [fieldsOf(before), fieldsOf(after)]
  if (!old || !young) return Object.is(before, after) ? [] : [{ kind: kindOf(place), place, before, after }]
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])]
  return names.flatMap((name) => changesAt(place === '' ? name : `${place}.${name}`, old[name], young[name]))
}

const orderChange = (before: Definition, after: Definition): readonly Change[] => {
  const [old, young] = [orderOf(before.items), orderOf(after.items)]
  const kept = (order: readonly unknown[], other: readonly unknown[]) => order.filter((id) => other.includes(id)).join(' ')
  return kept(old, young) === kept(young, old)
    ? []
    : [{ kind: 'form', place: 'items.order', before: old.join(' '), after: young.join(' ') }]
}

/** Every change from one version to another, by place. Ids and versions themselves are not compared. */
export const changesBetween = (before: Definition, after: Definition): readonly Change[] => {
  const { id: _i, version: _v, ...old } = before
  const { id: _j, version: _w, ...young } = after
  return [...changesAt('', old, young), ...orderChange(before, after)]
}
