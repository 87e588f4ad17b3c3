/** The paper forms of a class in one document: a form a pupil, all instruments in order, its sheet number at the head and foot of every page. */
import type { Definition } from '../definition.ts'
import { bodyOf, formFor } from './paper.ts'
import { type Form, safe } from './paper-questions.ts'
import { paperStyle } from './paper-style.ts'

/** What stands at the head of a form. No name: the seat leads to the pupil, for those who may know. */
export type Sheet = { readonly number: string; readonly seat: number; readonly className: string }

const footers = (sheets: readonly Sheet[], { say }: Form) =>
  sheets
    .map(({ number }, position) => {
      const text = `${say.sheet} ${number}`.replaceAll(/["\\\n<]/g, '')
      return [
        `@page sheet${position} { @bottom-left { content: "${text}"; font: 700 9pt ${say.fonts}; } @bottom-right { content: ""; } }`,
        `.sheet${position} { page: sheet${position}; }`,
      ].join('\n')
    })
    .join('\n')

const own = `
.sheet { break-before: page; }
.sheet:first-of-type { break-before: auto; }
.part + .part { margin-top: 8mm; }
.part h1, .who, .about, .how { break-after: avoid; }
@media screen { .sheet + .sheet { margin-top: 20mm; border-top: 1mm dashed #888; padding-top: 10mm; } }
`

/**
 * A printable document of all the sheets, drawn through the licence gate like a single form. Throws, with the reason, where the gate stays
 * closed or an instrument has no words in this language.
 */
export const sessionForms = (definitions: readonly Definition[], sheets: readonly Sheet[], language: string): string => {
  const forms = definitions.map((definition) => formFor(definition, { language }))
  const first = forms[0]
  if (!first) throw new Error('a form needs an instrument')
  const style = paperStyle(first.say.fonts, '', ['', '', ''])
  const sheet = (of: Sheet, position: number) => {
    const parts = forms.map((form, part) => {
      const last = part === forms.length - 1
      return `<section class="part">${bodyOf(form, { sheet: of, last }).join('\n')}</section>`
    })
    return `<article class="sheet sheet${position}">\n${parts.join('\n')}\n</article>`
  }
  return [
    '<!doctype html>',
    `<html lang="${safe(language)}">`,
    `<head><meta charset="utf-8"><title>${safe(first.say.forms)}</title><style>${style}${own}${footers(sheets, first)}</style></head>`,
    '<body>',
    ...sheets.map(sheet),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
