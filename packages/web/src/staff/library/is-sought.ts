import type { InstrumentListed } from '../wire.ts'

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '')

/** Whether what is typed is in the id, the acronym or a name, in any language; hyphens, spaces and capitals do not matter. */
export const isSought = ({ id, acronym, names }: Pick<InstrumentListed, 'id' | 'acronym' | 'names'>, sought: string): boolean =>
  [id, acronym, ...Object.values(names)].some((name) => plain(name).indexOf(plain(sought)) >= 0)
