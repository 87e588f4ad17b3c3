/** What an import gives: a draft definition as far as the format carries it, what is wrong with the file, and what was left behind. */
import type { Definition } from '../definition.ts'
import { type Finding, finding } from './finding.ts'

export type ImportFile = { readonly name: string; readonly text: string }

/** An instrument that is known already: the linter compares names and look-back periods with it. */
export type KnownInstrument = { readonly id: string; readonly acronym: string; readonly lookBackDays: number | null }

export type ImportOptions = {
  readonly known?: readonly KnownInstrument[]
  /** Which form or group of a file that holds several; the one that looks most like a scored questionnaire unless one is named. */
  readonly part?: string
}

export type Imported = {
  readonly definition: Definition | null
  readonly findings: readonly Finding[]
  readonly notCarried: readonly string[]
  /** Which name in the file each item of the draft had. */
  readonly itemNames: Readonly<Record<string, string>>
}

export type Importer = (files: readonly ImportFile[], options?: ImportOptions) => Imported

/** A refusal: no draft, and one precise reason. */
export const refused = (rule: string, file: string, what: string, allowed?: string): Imported => ({
  definition: null,
  findings: [finding(rule, 'error', { file }, what, allowed)],
  notCarried: [],
  itemNames: {},
})
