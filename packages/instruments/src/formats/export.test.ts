import { describe, expect, test, vi } from 'vitest'
import { small } from '../../test/small.ts'
import { checkAnswers, valuesOf } from '../answers.ts'
import { readCsv } from '../csv.ts'
import type { Definition, Texts } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { answersSchema } from './answers-schema-export.ts'
import { exportFormats, exportInstrument } from './export.ts'
import { questionnaireResponse } from './fhir-response-export.ts'
import { exportPaper } from './paper.ts'
import { redcapColumns } from './redcap-export.ts'
import { sessionForms } from './session-forms.ts'
import { wordsIn } from './words-of.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const library = await loadLibrary()
const definitions = library.list().map(({ definition }) => definition)
const phq9 = library.get('phq-9', '1.0.0')!
const isWithheld = ({ texts }: Definition) => Object.values(texts).every(({ status }) => status === 'withheld')
const textOf = (definition: Definition, format: (typeof exportFormats)[number], language?: string) =>
  exportInstrument(format, definition, { language }).files[0]!.text

const words = (parts: Partial<Texts>): Texts => ({
  language: 'en',
  script: 'Latn',
  edition: 'made up',
  status: 'ours',
  source: 'made up for a test',
  name: 'Small',
  instructions: 'Choose.',
  items: { q_1: '=1+1', q_2: 'a <b> & "c" | d', q_3: 'three' },
  options: { five: { o1: 'one', o2: 'two', o3: 'three', o4: 'four', o5: 'five' } },
  scales: {},
  bands: {},
  riskRules: {},
  ...parts,
})
const spoken: Definition = { ...small, scales: [], riskRules: [], texts: { en: words({}) } }

describe.each(definitions.map((definition) => [`${definition.id}@${definition.version}`, definition] as const))(
  '%s',
  (_key, definition) => {
    test.each(exportFormats.filter((format) => format !== 'paper'))('leaves as %s, and says what is not carried', (format) => {
      const { files, notCarried } = exportInstrument(format, definition)
      expect(files.every(({ name, text }) => name.startsWith(`${definition.id}-${definition.version}.`) && text.length > 40)).toBe(true)
      expect(notCarried.length).toBeGreaterThan(0)
      const said = notCarried.some((sentence) => sentence.includes('licence holder keeps them'))
      expect(said).toBe(isWithheld(definition))
      for (const { id } of definition.items) expect(files.some(({ text }) => text.includes(id))).toBe(true)
    })

    test('has a paper form with every item and word, or none where the words are withheld', () => {
      if (isWithheld(definition))
        return expect(() => exportPaper(definition)).toThrow(
          'the words belong to the licence holder, a school adds them under a recorded permission',
        )
      for (const language of Object.keys(definition.texts).filter((one) => wordsIn(definition, one).complete)) {
        const html = exportPaper(definition, { language }).files[0]!.text
        for (const { id, options } of definition.items) {
          expect(html.split(`<span class="id">${id}</span>`)).toHaveLength(2)
          expect(valuesOf(definition, id)).toHaveLength(definition.optionSets[options]!.length)
        }
        const boxes = definition.items.reduce((sum, { id }) => sum + valuesOf(definition, id).length, 0)
        expect(html.split('<span class="box">')).toHaveLength(boxes + 1)
        expect(html).not.toMatch(/<script|<link|https?:|url\(/)
      }
    })
  },
)

test('FHIR: a question has its LOINC code, its answers their scores, and the other language stands beside the main one', () => {
  const { item, copyright, language } = JSON.parse(textOf(phq9, 'fhir', 'en'))
  expect([language, copyright]).toEqual(['en', expect.stringContaining('No permission required')])
  const question = item.find(({ linkId }: { readonly linkId: string }) => linkId === 'phq9_9')
  expect(question).toMatchObject({
    type: 'choice',
    code: [{ system: 'http://loinc.org', code: '44260-8' }],
    text: 'Thoughts that you would be better off dead or of hurting yourself in some way',
    _text: { extension: [{ extension: [{ valueCode: 'zh-CN' }, { valueString: '有不如死掉或用某种方式伤害自己的念头' }] }] },
  })
  expect(question.answerOption[3]).toMatchObject({
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 3 }],
    valueCoding: { system: 'http://loinc.org', code: 'LA6571-9', display: 'Nearly every day' },
  })
})

test('FHIR: skipped, declined, not shown and not reached stay four things in a response, and flags no fifth', () => {
  const answers = { phq9_1: 2, phq9_2: 'skipped', phq9_3: 'declined', phq9_4: 'not_shown' } as const
  const { status, item, questionnaire } = questionnaireResponse(phq9, answers, { language: 'en' }) as {
    readonly status: string
    readonly questionnaire: string
    readonly item: readonly { readonly linkId: string; readonly extension?: unknown; readonly answer?: unknown }[]
  }
  const reason = (valueCode: string) => [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }]
  expect([status, questionnaire]).toEqual(['in-progress', 'urn:tongxing:questionnaire:phq-9|1.0.0'])
  expect(item.map(({ linkId, extension, answer }) => [linkId, extension ?? answer])).toEqual([
    ['phq9_1', [{ valueCoding: expect.objectContaining({ code: 'LA6570-1', display: 'More than half the days' }) }]],
    ['phq9_2', reason('unknown')],
    ['phq9_3', reason('asked-declined')],
    ['phq9_4', reason('not-asked')],
  ])
})

test('FHIR: a complete response carries its score', () => {
  const answers = Object.fromEntries(phq9.items.map(({ id }) => [id, 1]))
  const { status, item } = questionnaireResponse(phq9, answers) as { readonly status: string; readonly item: readonly unknown[] }
  expect([status, item.at(-1)]).toEqual(['completed', expect.objectContaining({ linkId: 'phq9_total', answer: [{ valueDecimal: 9 }] })])
})

test('REDCap: 18 columns in its order, every row as wide, one form', () => {
  const [header, ...rows] = readCsv(textOf(phq9, 'redcap', 'en')).map(({ cells }) => cells)
  expect(header).toEqual([...redcapColumns])
  expect(redcapColumns).toHaveLength(18)
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([18]))
  expect(new Set(rows.map((cells) => cells[1]))).toEqual(new Set(['phq9']))
  expect(rows.at(-1)!.slice(3, 6)).toEqual([
    'calc',
    'Depressive symptoms, total',
    expect.stringMatching(/^if\(sum\(if\(\[phq9_1\] = "", 0, 1\), .*\) >= 7, round\(mean\(.*\) \* 9, 0\), ""\)$/),
  ])
})

test('skip logic becomes branching: an item that is asked only after some answers', () => {
  const k10 = library.get('k10', '1.0.0')!
  const row = (text: string, id: string, column: number) => readCsv(text).find(({ cells }) => cells.includes(id))!.cells[column]
  expect(row(textOf(k10, 'redcap'), 'k10_3', 11)).toBe('[k10_2] >= 2')
  expect(textOf(k10, 'xlsform')).toContain(`\${k10_2} >= 2`)
  const gated = JSON.parse(textOf(k10, 'fhir')).item.find(({ linkId }: { readonly linkId: string }) => linkId === 'k10_3')
  expect(gated).toMatchObject({ enableBehavior: 'any', enableWhen: [2, 3, 4, 5].map(() => ({ question: 'k10_2', operator: '=' })) })
})

test('on paper, skip logic is said the shorter way', () => {
  expect(textOf(library.get('k10', '1.0.0')!, 'paper')).toContain('Leave this out if you ticked “None of the time” for question 2')
  expect(textOf(library.get('asq', '1.0.0')!, 'paper')).toContain('Answer only if you ticked “Yes” for question 1, 2, 3 or 4')
})

test.each(['zh-CN', 'en'])(
  'the forms of a class in %s: one a pupil, each page with its sheet number, the help lines once at its end',
  (language) => {
    const battery = [phq9, library.get('gad-7', '1.0.0')!]
    const sheets = [1, 2, 3].map((seat) => ({ number: `K7M2Q-0${seat}`, seat, className: '七年级<1>班' }))
    const html = sessionForms(battery, sheets, language)
    const forms = html.split('<article ').slice(1)
    expect(forms).toHaveLength(3)
    for (const [position, { number, seat }] of sheets.entries()) {
      const form = forms[position]!
      expect(form).toContain(`<strong>${number}</strong>`)
      expect(form).toMatch(new RegExp(`(席位|Seat) ${seat}</span>`))
      expect(form).toContain('七年级&lt;1&gt;班')
      for (const { items } of battery) for (const { id } of items) expect(form.split(`<span class="id">${id}</span>`)).toHaveLength(2)
      expect(form.split('12356')).toHaveLength(2)
      expect(html).toMatch(new RegExp(`@page sheet${position} \\{ @bottom-left \\{ content: "[^"]+ ${number}"`))
    }
  },
)

test('the forms of a class are drawn through the licence gate too, and only in a language that has all the words', () => {
  const sheet = { number: 'K7M2Q-01', seat: 1, className: '七年级1班' }
  expect(() => sessionForms([phq9], [sheet], 'de')).toThrow('has no texts in de')
  const withheld = definitions.find(isWithheld)!
  expect(() => sessionForms([withheld], [sheet], 'zh-CN')).toThrow('has no paper form')
})

test('SEC-09: no cell of a CSV begins a formula, and no word breaks out of a page', () => {
  for (const format of ['redcap', 'xlsform', 'codebook'] as const)
    for (const { cells } of readCsv(textOf(spoken, format))) for (const cell of cells) expect(cell).not.toMatch(/^[=+@\t\r|]/)
  expect(textOf(spoken, 'xlsform')).toContain("'=1+1")
  expect(textOf(spoken, 'paper')).toContain('a &lt;b&gt; &amp; &quot;c&quot; | d')
  expect(exportInstrument('codebook', spoken).files[2]!.text).toContain('a <b> & "c" \\| d')
})

test('law 6: a form is drawn through the licence gate, and a recorded permission brings the words', () => {
  const kept: Definition = {
    ...spoken,
    licence: { ...spoken.licence, wording: { ...spoken.licence.wording, status: 'permission-needed' } },
    texts: { en: words({ status: 'withheld', items: {}, options: {} }) },
  }
  const permission = {
    instrument: 'small',
    version: '1.0.0',
    licensor: 'nobody',
    reference: 'made up for a test',
    grantedOn: '2026-01-01',
    uses: ['research' as const],
    electronic: false,
    texts: [words({})],
  }
  const drawn = (use: 'research' | 'clinical') => exportPaper(kept, { drawing: { use, on: '2026-09-01', permissions: [permission] } })
  expect(drawn('research').files[0]!.text).toContain('three')
  expect(() => drawn('clinical')).toThrow('the recorded permission is for other uses')
  expect(() => exportPaper(library.get('who-5', '1.0.0')!, { drawing: { use: 'commercial', permissions: [] } })).toThrow(
    'its terms do not allow this use',
  )
})

test('the schema of answers allows exactly what the check of answers allows', () => {
  type Property = { readonly oneOf: readonly { readonly const: unknown }[] }
  const { properties, additionalProperties } = answersSchema(phq9) as {
    readonly properties: Record<string, Property>
    readonly additionalProperties: boolean
  }
  expect([Object.keys(properties), additionalProperties]).toEqual([phq9.items.map(({ id }) => id), false])
  for (const [id, { oneOf }] of Object.entries(properties))
    for (const answer of [-1, 0, 1, 2, 3, 4, '1', '', null, 'skipped', 'declined', 'not_shown', 'not_reached'])
      expect(oneOf.some((allowed) => allowed.const === answer)).toBe(checkAnswers(phq9, { [id]: answer }).ok)
})

test('an unknown language is refused with those that there are', () => {
  expect(() => exportInstrument('fhir', phq9, { language: 'fr' })).toThrow('phq-9 has no texts in fr, it has en, zh-CN')
})
