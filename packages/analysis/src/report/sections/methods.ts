/** The methods that were run for this page, each with its source: found in the record itself, so that none is named that was not used. */
import type { Bilingual } from '@tongxing/instruments'
import type { Chapter } from '../block.ts'
import { type Method, methods } from '../methods.ts'
import type { Page } from '../page.ts'

const methodsIn = (value: unknown, found: Set<string>): Set<string> => {
  if (Array.isArray(value)) for (const one of value) methodsIn(one, found)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'method' && typeof inner === 'string') found.add(inner)
      else methodsIn(inner, found)
    }
  return found
}

/** Every method named anywhere in the parts of a record, in the order of the catalogue. Throws on one that the catalogue does not know. */
export const methodsUsed = (parts: unknown): readonly Method[] => {
  const used = methodsIn(parts, new Set())
  const unknown = [...used].find((id) => !methods.some((method) => method.ids.includes(id)))
  if (unknown) throw new Error(`the catalogue of methods has no ${unknown}`)
  return methods.filter(({ ids }) => ids.some((id) => used.has(id)))
}

export const methodsChapter = ({ report, words, language }: Page): Chapter => {
  const said = ({ name, reference, doi }: { readonly name: Bilingual; readonly reference: string; readonly doi: string | null }) =>
    `${name[language]}${language === 'en' ? '. ' : '。'}${reference}${doi ? ` doi:${doi}` : ''}`
  return { id: 'methods', title: words.methods, blocks: [{ kind: 'list', ordered: true, items: report.methods.map(said) }] }
}
