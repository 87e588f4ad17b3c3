// The licence gate, and what of a definition reaches a pupil's device.
import { type Definition, mayDraw } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { Problem } from '../problem.ts'

/** What a school screens and studies for. */
const uses = ['educational', 'research'] as const

/** Law 6: a licensed instrument is never shown without a recorded permission. No permission can be recorded yet, so the gate stays shut. */
export const isPermitted = (definition: Definition): boolean =>
  uses.map((use) => mayDraw(definition, { use, electronic: true, permissions: [] })).every(({ allowed }) => allowed)

export const requirePermitted = (definition: Definition): Definition => {
  if (!isPermitted(definition)) throw new Problem('instrument.permission-needed', { id: definition.id })
  return definition
}

export const requireInstrument = (library: Library, id: string, version: string): Definition => {
  const definition = library.get(id, version)
  if (!definition) throw new Problem('instrument.not-found', { id, version })
  return definition
}

/** The questions and the options, without keys, cut-offs or the counsellor's sentences; of the risk rules those of single items (SAF-12), unnamed. */
export const formOf = (definition: Definition, languages: readonly string[]) => ({
  id: definition.id,
  version: definition.version,
  acronym: definition.acronym,
  estimatedMinutes: definition.estimatedMinutes,
  items: definition.items.map(({ id, options, askedIf, otherwise }) => ({
    id,
    options,
    ...(askedIf && { askedIf }),
    ...(otherwise !== undefined && { otherwise }),
  })),
  risks: definition.riskRules.flatMap((rule) => (rule.kind === 'item' ? [{ item: rule.item, from: rule.from, to: rule.to }] : [])),
  optionSets: Object.fromEntries(
    Object.entries(definition.optionSets).map(([set, options]) => [set, options.map(({ id, value }) => ({ id, value }))]),
  ),
  texts: Object.fromEntries(
    languages.flatMap((language) => {
      const texts = definition.texts[language]
      if (!texts) return []
      const { name, items, options } = texts
      const stem = texts.stem ?? texts.instructions ?? ''
      return [[language, { language, name, instructions: texts.stem ? (texts.instructions ?? null) : null, stem, items, options }]]
    }),
  ),
})
