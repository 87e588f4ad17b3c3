/** Ids of a draft: items keep the names of the file where they fit, everything else is named after its words. */
import { answersKey, type ForeignItem, type ForeignOption } from './foreign.ts'
import { anyWords } from './words.ts'

export const slug = (text: string) =>
  text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')

/** Each name once: a second one of the same gets a number. */
export const uniquely = () => {
  const taken = new Set<string>()
  return (wanted: string, otherwise: string): string => {
    const base = wanted === '' ? otherwise : wanted
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`
    taken.add(name)
    return name
  }
}

export type OptionSet = { readonly id: string; readonly options: readonly ForeignOption[]; readonly ids: readonly string[] }

const optionIds = (options: readonly ForeignOption[]) => {
  const unique = uniquely()
  return options.map(({ code, words }, position) => {
    const coded = code !== undefined && /^[a-z][a-z0-9-]*$/.test(code) ? code : slug(anyWords(words) ?? '')
    return unique(coded, `option-${position + 1}`)
  })
}

/** The lists of answers, each once, by their contents. */
export const setsOf = (items: readonly ForeignItem[]) => {
  const sets = new Map<string, OptionSet>()
  const unique = uniquely()
  for (const { options, optionSet } of items) {
    const key = answersKey(options)
    if (!sets.has(key)) sets.set(key, { id: unique(slug(optionSet ?? ''), 'answers'), options, ids: optionIds(options) })
  }
  return sets
}

export const idsOf = (items: readonly ForeignItem[], short: string) => {
  const kept =
    items.every(({ name }) => /^[a-z][a-z0-9]*_[0-9]+[a-z]?$/.test(name)) && new Set(items.map(({ name }) => name)).size === items.length
  return items.map(({ name }, position) => (kept ? name : `${short}_${position + 1}`))
}
