/** The last step of every importer: lint what was read, then draft it. */
import { askedIf } from './asked.ts'
import { draftOf } from './draft.ts'
import type { Foreign } from './foreign.ts'
import type { Imported, ImportOptions } from './imported.ts'
import { lint } from './lint.ts'

const order = { error: 0, warning: 1, note: 2 }

export const finish = (foreign: Foreign, { known = [] }: ImportOptions): Imported => {
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
