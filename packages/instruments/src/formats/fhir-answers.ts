/** Codings of FHIR: words with their translations, ordinal values, answer lists in value sets and code systems. */
import type { ForeignOption, Words } from './foreign.ts'
import { field, isRecord, type Json, list, numberOf, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import { languageTag, plainText, wordsOf } from './words.ts'

export const extensions = (element: unknown, name: string): readonly Json[] =>
  list(field(element, 'extension'))
    .map(record)
    .filter(({ url }) => typeof url === 'string' && (url.endsWith(`/${name}`) || url.endsWith(`-${name}`)))

export const translated = (element: Json, name: string, language: string): Words => {
  const others = extensions(element[`_${name}`], 'translation').flatMap((extension) => {
    const part = (url: string) => record(list(extension.extension).find((entry) => field(entry, 'url') === url))
    const [lang, content] = [part('lang'), part('content')]
    const tag = languageTag(textOf(lang.valueCode) ?? '')
    const text = plainText(content.valueString ?? content.valueMarkdown)
    return tag === null || text === null ? [] : [[tag, text] as const]
  })
  return { ...wordsOf(element[name], language), ...Object.fromEntries(others) }
}

/** The ordinal value of an answer, wherever its publisher put it. */
const ordinal = (...elements: readonly unknown[]): number | null => {
  for (const element of elements)
    for (const extension of [...extensions(element, 'ordinalValue'), ...extensions(element, 'itemWeight')]) {
      const value = numberOf(extension.valueDecimal ?? extension.valueInteger)
      if (value !== null) return value
    }
  return null
}

const coded = (coding: Json, language: string, ...around: readonly unknown[]): ForeignOption => ({
  value: ordinal(coding, ...around),
  words: translated(coding, 'display', language),
  code: textOf(coding.code) ?? undefined,
})

export const resourcesOf = (value: unknown): readonly Json[] => {
  if (Array.isArray(value)) return value.slice(0, 500).flatMap(resourcesOf)
  const resource = record(value)
  const inside = [...list(resource.contained), ...list(resource.entry).map((entry) => field(entry, 'resource'))]
  return [resource, ...inside.slice(0, 500).map(record)]
}

export type Answers = (reference: string) => { readonly options: readonly ForeignOption[] } | null

const conceptsOf = (concepts: unknown, language: string): readonly ForeignOption[] =>
  list(concepts)
    .slice(0, limits.answers + 1)
    .map((entry) => {
      const weight = list(field(entry, 'property')).find((property) => /itemWeight|ordinal/i.test(String(field(property, 'code'))))
      const option = coded(record(entry), language)
      return { ...option, value: option.value ?? numberOf(field(weight, 'valueDecimal') ?? field(weight, 'valueInteger')) }
    })

/** Value sets by reference: its url, its url with a version, or #id when it is contained. */
export const valueSets = (resources: readonly Json[], language: string): Answers => {
  const named = (type: string, reference: string) =>
    resources.find(
      ({ resourceType, url, id }) =>
        resourceType === type &&
        (url === reference.split('|')[0] || `#${String(id)}` === reference || String(url).endsWith(`/${reference}`)),
    )
  return (reference) => {
    const set = named('ValueSet', reference)
    if (!set) return null
    const expanded = conceptsOf(field(set.expansion, 'contains'), language)
    if (expanded.length > 0) return { options: expanded }
    const included = list(field(set.compose, 'include'))
      .slice(0, limits.answers)
      .flatMap((include) => {
        const concepts = conceptsOf(field(include, 'concept'), language)
        const system = textOf(field(include, 'system'))
        return concepts.length > 0 || system === null ? concepts : conceptsOf(field(named('CodeSystem', system), 'concept'), language)
      })
    return { options: included }
  }
}

export const answerOf = (entry: unknown, language: string): ForeignOption => {
  const option = record(entry)
  if (isRecord(option.valueCoding)) return coded(option.valueCoding, language, option)
  const value = numberOf(option.valueInteger)
  return { value: ordinal(option) ?? value, words: wordsOf(option.valueString ?? (value === null ? null : String(value)), language) }
}
