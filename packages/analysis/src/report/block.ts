/** What a section says, before it is HTML or Markdown: headings, sentences, tables, pictures with their numbers. */
import type { Figure } from '../plots/figure.ts'

/** A row of words where there are no numbers, or its cells; `arm` puts the arm's key before the head. */
export type Row = {
  readonly head: string
  readonly cells: readonly string[] | { readonly says: string }
  readonly kind?: 'main' | 'aside'
  readonly arm?: string
}
/** The first column is the heads of the rows. */
export type Table = { readonly columns: readonly string[]; readonly rows: readonly Row[] }

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly exploratory?: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'quiet' | 'lead' | 'warning' }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered?: boolean }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'answer'
      readonly question: string
      readonly compared: string
      readonly value: string
      readonly interval: string
      readonly sentences: readonly string[]
      readonly facts: readonly (readonly [string, string])[]
    }

/** A chapter of the page. `id` is its anchor. */
export type Chapter = { readonly id: string; readonly title: string; readonly standing?: string; readonly blocks: readonly Block[] }

export const heading = (text: string): Block => ({ kind: 'heading', text })
export const text = (words: string, tone?: 'quiet' | 'lead' | 'warning'): Block => ({
  kind: 'text',
  text: words,
  ...(tone ? { tone } : {}),
})
export const quiet = (words: string): Block => text(words, 'quiet')
export const table = (columns: readonly string[], rows: readonly Row[]): Block => ({ kind: 'table', table: { columns, rows } })
export const figure = (made: Figure): Block => ({ kind: 'figure', figure: made })
