/** Scoring blocks of an Open Scale Definition: codings, weights, composites, affine transforms and thresholds. */
import { type Finding, finding } from './finding.ts'
import type { ForeignItem, ForeignScale, ForeignTerm, Threshold, Words } from './foreign.ts'
import { field, isRecord, type Json, list, numberOf, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import { plainText, wordsOf } from './words.ts'

export type Notes = { readonly findings: Finding[]; readonly notCarried: string[] }
export type Translate = (key: unknown) => Words

/** Items to their coding: 1 forward, -1 reversed, 0 left out. */
const termsOf = (block: Json): readonly ForeignTerm[] => {
  const [items, weights, legacy] = [block.items, record(block.weights), record(block.item_coding)]
  const codings = isRecord(items)
    ? Object.entries(items)
    : list(items).map((name) => [String(name), field(legacy, String(name)) ?? 1] as const)
  const isWeighted = textOf(block.method)?.startsWith('weighted_') === true
  return codings.slice(0, limits.items + 1).flatMap(([item, coding]) => {
    const weight = isWeighted ? (numberOf(field(weights, item)) ?? 0) : 1
    return numberOf(coding) === 0 || weight === 0 ? [] : [{ item, reversed: (numberOf(coding) ?? 1) < 0, weight }]
  })
}

/** Affine steps in turn, as one; null when a step is none. */
const transformOf = (steps: unknown): { readonly multiply: number; readonly add: number } | 'none' | null => {
  let [multiply, add] = [1, 0]
  for (const step of list(steps).slice(0, 50)) {
    const [op, value] = [field(step, 'op'), numberOf(field(step, 'value'))]
    if (value === null) return null
    if (op === 'add') add += value
    else if (op === 'subtract') add -= value
    else if (op === 'multiply' || (op === 'divide' && value !== 0)) {
      const by = op === 'multiply' ? value : 1 / value
      ;[multiply, add] = [multiply * by, add * by]
    } else return null
  }
  return multiply === 1 && add === 0 ? 'none' : { multiply, add }
}

const thresholdsOf = (block: Json, translate: Translate): readonly Threshold[] =>
  list(field(field(block, 'norms'), 'thresholds'))
    .slice(0, 50)
    .flatMap((entry) => {
      const [from, to] = [numberOf(field(entry, 'min')), numberOf(field(entry, 'max'))]
      const label = textOf(field(entry, 'label')) ?? translate(field(entry, 'label_key')).en ?? `band from ${from}`
      return from === null || to === null ? [] : [{ from, to, label }]
    })

const methods = ['sum_coded', 'mean_coded', 'weighted_sum', 'weighted_mean']

export type Reading = {
  readonly definition: Json
  readonly file: string
  readonly translate: Translate
  readonly items: readonly ForeignItem[]
  readonly notes: Notes
}

/** One scoring block as a scale, or null with a finding when it does what is not carried. */
export const openscalesScale = (name: string, block: Json, { definition, file, translate, items, notes }: Reading): ForeignScale | null => {
  const where = { file, place: `definition.scoring.${name}` }
  const method = textOf(block.method) ?? ''
  const transform = transformOf(block.transform)
  const refuse = (what: string, allowed?: string) => {
    notes.findings.push(finding('score-not-understood', 'error', where, `${name}: ${what}`, allowed))
    return null
  }
  if (!methods.includes(method)) return refuse(`the method ${method || 'none'} is not carried`, methods.join(', '))
  if (transform === null) return refuse('a transform step is not carried', 'add, subtract, multiply or divide by a number')
  if (isRecord(block.value_map)) return refuse('a value_map recodes answers, which is not carried')
  const parts = list(block.scores).map(String)
  const all = termsOf(block)
  const terms = parts.length > 0 ? [] : all.filter(({ item }) => items.some((known) => known.name === item))
  const dimension = record(list(definition.dimensions).find((entry) => field(entry, 'id') === name))
  const whole = Object.keys(record(definition.scoring)).length === 1 ? textOf(field(definition.scale_info, 'description')) : null
  return {
    name,
    words: wordsOf(textOf(dimension.name) ?? name),
    description: [block.description, dimension.description, whole]
      .map((part) => plainText(part) ?? '')
      .join(' ')
      .trim(),
    method: method.startsWith('sum') || method === 'weighted_sum' ? 'sum' : 'mean',
    terms,
    of: parts.length > 0 ? parts.map((scale) => ({ scale, weight: numberOf(field(block.weights, scale)) ?? 1 })) : undefined,
    transform: transform === 'none' ? null : transform,
    missing: 'null',
    minimumAnswered: null,
    missingSaid: null,
    decimals: null,
    thresholds: thresholdsOf(block, translate),
    strays: parts.length > 0 ? all.map(({ item }) => item) : all.filter((term) => !terms.includes(term)).map(({ item }) => item),
    where,
  }
}
