/** A definition as a printable form for A4: the same item ids as on the screen, large boxes, no script, the licence's line at its end. */
import type { Definition } from '../definition.ts'
import { mayDraw, type Refusal } from '../permission.ts'
import { type Exporter, type ExportOptions, fileName, notCarriedFrom } from './exported.ts'
import { type Form, questions, safe } from './paper-questions.ts'

import { paperStyle } from './paper-style.ts'
import { type PaperLanguage, paperWords } from './paper-words.ts'
import { languagesOf, wordsIn } from './words-of.ts'

/** One form of many: whose it is, by seat and sheet number, and whether it is the last of the pupil's instruments. */
export type Part = {
  readonly sheet: { readonly number: string; readonly seat: number; readonly className: string }
  readonly last: boolean
}

const about = ({ say }: Form, part?: Part) => {
  const { code, class: group, date } = say
  const blanks = part
    ? [
        `${say.sheet} <strong>${safe(part.sheet.number)}</strong>`,
        `${group} ${safe(part.sheet.className)}`,
        `${say.seat} ${part.sheet.seat}`,
        date,
      ]
    : [code, group, date]
  return `<div class="about">${blanks.map((blank) => `<span>${blank}</span>`).join('')}</div>`
}

const head = (form: Form, part?: Part) => [
  // a pupil's sheet carries the acronym alone, as nothing on the screen names an illness to her either
  `<h1>${safe(part ? form.definition.acronym : form.words.name)}</h1>`,
  `<p class="who">${part ? '' : `${safe(form.definition.acronym)} · `}${form.say.respondent[form.definition.respondent]}</p>`,
  about(form, part),
  ...beginning(form),
]

const beginning = ({ words, say }: Form) => [
  `<div class="how">${words.instructions ? `<p>${safe(words.instructions)}</p>` : ''}<p>${say.tick}${say.mayLeave}</p></div>`,
  ...(words.stem ? [`<p class="stem">${safe(words.stem)}</p>`] : []),
]

const foot = ({ definition, say }: Form, last = true) => {
  const { attribution, status } = definition.licence.wording
  const notes = [...(status === 'non-commercial' ? [say.noCommerce] : []), ...(definition.validated === false ? [say.unvalidated] : [])]
  const help = `<p>${say.talk}</p><ul>${say.lines.map((call) => `<li>${call}</li>`).join('')}</ul>`
  return [
    ...(last ? [`<div class="end"><p>${say.thanks}</p>${definition.respondent === 'pupil' ? help : ''}</div>`] : []),
    `<p class="source">${say.source}: ${safe([attribution, ...notes].join(' '))}</p>`,
  ]
}

/** What stands on the paper of one instrument. */
export const bodyOf = (form: Form, part?: Part): readonly string[] => [...head(form, part), questions(form), ...foot(form, part?.last)]

const page = (form: Form) => {
  const { definition, words, say } = form
  const footer = `${definition.id}@${definition.version} · ${words.language}`.replaceAll(/[^\w@.· -]/g, '')
  return [
    '<!doctype html>',
    `<html lang="${safe(words.language)}">`,
    `<head><meta charset="utf-8"><title>${safe(words.name)}</title><style>${paperStyle(say.fonts, footer, say.page)}</style></head>`,
    '<body>',
    ...bodyOf(form),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const refusals: Readonly<Record<Refusal, string>> = {
  'use-not-permitted': 'its terms do not allow this use',
  'electronic-not-permitted': 'its terms allow no electronic form',
  'no-permission': 'the words belong to the licence holder, a school adds them under a recorded permission',
  'permission-not-in-force': 'the recorded permission is not in force today',
  'permission-for-other-uses': 'the recorded permission is for other uses',
  'permission-for-paper-only': 'the recorded permission is for paper only',
  'words-not-there': 'no language has all its words, neither here nor in a recorded permission',
}

const fixedWords = (language: string): PaperLanguage => {
  if (/^zh-(Hant|TW|HK|MO)/.test(language)) return 'hant'
  return language.startsWith('zh') ? 'zh' : 'en'
}

const bySchool: NonNullable<ExportOptions['drawing']> = { use: 'educational', permissions: [] }

/** A form in one language, drawn through the licence gate. Throws, with the reason, where the gate stays closed. */
export const formFor = (definition: Definition, { language, drawing = bySchool }: ExportOptions = {}): Form => {
  const gate = mayDraw(definition, { ...drawing, electronic: false })
  if (!gate.allowed) throw new Error(`${definition.id} has no paper form for ${drawing.use} use: ${refusals[gate.reason]}`)
  const drawn: Definition = { ...definition, texts: gate.texts }
  const [main] = languagesOf(drawn, language)
  return { definition: drawn, words: wordsIn(drawn, main!), say: paperWords[fixedWords(main!)] }
}

/**
 * A printable form in one language, drawn through the licence gate. Throws, with the reason, where the gate stays closed: a form of ids
 * helps nobody.
 */
export const exportPaper: Exporter = (definition, options = {}) => {
  const form = formFor(definition, options)
  const main = form.words.language
  const others = languagesOf(form.definition, main).slice(1)
  return {
    files: [{ name: fileName(definition, `.paper.${main}.html`), text: page(form) }],
    notCarried: [
      ...others.map((other) => `the words in ${other}: a form has one language, export it again with --language ${other}`),
      ...notCarriedFrom(definition, ['scoring', 'norms', 'riskRules', 'optionIds', 'loinc', 'provenance']),
      'whether a blank was skipped or declined: who enters the sheet sees a blank only',
    ],
  }
}
