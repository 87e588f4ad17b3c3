/** The last step of every importer: lint what was read, then draft it. */
import { askedIf } from './asked.ts'
import { draftOf } from './draft.ts'
import type { Foreign } from './foreign.ts'
import { type Imported, type ImportOptions, refused } from './imported.ts'
import { limits } from './limits.ts'
import { lint } from './lint.ts'

const order = { error: 0, warning: 1, note: 2 }

/** Why an instrument is too large to be drafted, or null. Counted before anything is made of it: small files can unfold. */
const tooLarge = ({ items, scales }: Foreign): string | null => {
  if (items.length > limits.items) return `has more than ${limits.items} items`
  if (scales.length > limits.scores) return `has more than ${limits.scores} scores`
  let characters = 0
  for (const { words, options } of items) {
    if (options.length > limits.answers) return `has an item with more than ${limits.answers} answers`
    for (const said of [words, ...options.map((option) => option.words)]) for (const text of Object.values(said)) characters += text.length
    if (characters > limits.words) return `unfolds to more than ${limits.words} characters of words`
  }
  return null
}

export const finish = (foreign: Foreign, { known = [] }: ImportOptions): Imported => {
  const why = tooLarge(foreign)
  if (why !== null) return refused('too-large', foreign.file, why)
  const items = foreign.items.map((item) => ({ ...item, asked: item.asked ?? askedIf(item.shownIf, foreign.items) ?? undefined }))
  const read = { ...foreign, items }
  const imported = draftOf(read)
  const findings = [...imported.findings, ...lint(read, known)]
  return { ...imported, findings: findings.toSorted((left, right) => order[left.severity] - order[right.severity]) }
}

/** Items by name, each once: a second item of the same name is an error of the file and is left out. */
export const withoutTwins = <Item extends { readonly name: string }>(
  items: readonly Item[],
  twin: (item: Item) => void,
): readonly Item[] => {
  const seen = new Set<string>()
  return items.filter((item) => {
    if (seen.has(item.name)) twin(item)
    const isNew = !seen.has(item.name)
    seen.add(item.name)
    return isNew
  })
}
