/** Text that is already HTML. Everything else that enters a template is escaped. */
export type Markup = { readonly markup: string }
type Part = string | number | Markup | readonly Markup[] | null

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!)

const written = (part: Part): string => {
  if (part === null) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** A template whose values are escaped unless they are markup: html`<p>${name}</p>`. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: fixed.map((text, place) => text + (place < parts.length ? written(parts[place]!) : '')).join(''),
})
