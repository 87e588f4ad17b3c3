/** Foreign JSON, read with care: a size limit, a depth limit, and only a record's own fields. */
import type { ImportFile } from './imported.ts'
import { limits } from './limits.ts'

export type Json = Readonly<Record<string, unknown>>

const deepest = 60

const isDeep = (text: string) => {
  let [depth, inText] = [0, false]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += inText ? 1 : 0
    else if (sign === '"') inText = !inText
    else if (!inText && (sign === '{' || sign === '[')) depth += 1
    else if (!inText && (sign === '}' || sign === ']')) depth -= 1
    if (depth > deepest) return true
  }
  return false
}

/** The parsed text, or why there is none. */
export const parseJson = ({
  text,
}: ImportFile): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string } => {
  if (text.length > limits.file) return { ok: false, why: `is larger than ${limits.file} characters` }
  if (isDeep(text)) return { ok: false, why: `is nested deeper than ${deepest}` }
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    return { ok: false, why: `is no JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'cannot be read'}` }
  }
}

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
export const record = (value: unknown): Json => (isRecord(value) ? value : {})
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const field = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined)
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
export const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^\s*[-+]?\d{1,9}(\.\d{1,9})?\s*$/.test(value) ? Number(value) : null
}
