/** One law of the library and what breaks it. */
import type { Definition } from '../definition.ts'

type Finding = { readonly place: string; readonly problem: string }
export type Law = { readonly law: string; readonly findings: (definition: Definition) => readonly Finding[] }

export const found = (place: string, problem: string): Finding => ({ place, problem })
