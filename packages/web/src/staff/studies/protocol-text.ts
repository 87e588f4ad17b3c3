// A protocol as somebody hands it over: a text that should be JSON. What it must hold, the server says; here it is only read for a preview.
import { jsonFault } from './json-fault.ts'

type Wave = { readonly name: string; readonly battery: readonly string[] }
export type Preview = {
  readonly id: string
  readonly title: string
  readonly simulated: boolean
  readonly arms: readonly string[]
  readonly waves: readonly Wave[]
  /** the ids of the scales that are compared: the primary one, then the others */
  readonly outcomes: readonly string[]
}
export type ProtocolText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-json'; readonly line: number; readonly column: number }
  | { readonly kind: 'not-object' }
  | { readonly kind: 'protocol'; readonly value: object; readonly preview: Preview }

type Language = 'zh-CN' | 'en'

const inside = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
const listIn = (value: unknown, name: string): readonly unknown[] => {
  const list = inside(value, name)
  return Array.isArray(list) ? list : []
}
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const named = (value: unknown, name: string, language: Language) => word(inside(inside(value, name), language)) || word(inside(value, 'id'))

const previewOf = (value: object, language: Language): Preview => ({
  id: word(inside(value, 'id')),
  title: named(value, 'title', language),
  simulated: inside(value, 'simulated') === true,
  arms: listIn(value, 'arms').map((arm) => named(arm, 'label', language)),
  waves: listIn(value, 'waves').map((wave) => ({
    name: named(wave, 'label', language),
    battery: listIn(wave, 'battery').map((entry) => `${word(inside(entry, 'instrument'))} ${word(inside(entry, 'version'))}`.trim()),
  })),
  outcomes: [inside(value, 'primary'), ...listIn(value, 'secondary')]
    .map((outcome) => word(inside(outcome, 'scale')))
    .filter((scale) => scale !== ''),
})

const placeOf = (position: number, text: string) => {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: before[before.length - 1]!.length + 1 }
}

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

export const readProtocolText = (given: string, language: Language): ProtocolText => {
  const text = given.replace(/^\ufeff/, '')
  if (text.trim() === '') return { kind: 'empty' }
  const read = parsed(text)
  if (!read) return { kind: 'not-json', ...placeOf(jsonFault(text) ?? text.length, text) }
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'not-object' }
  return { kind: 'protocol', value, preview: previewOf(value, language) }
}
