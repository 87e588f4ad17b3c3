/** Files with anything in any place: a draft that fits the schema, or a refusal with an error; nothing is thrown. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { definitionSchema } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { exportFhir } from './fhir-export.ts'
import { type ImportFormat, importFiles } from './import.ts'
import type { ImportFile } from './imported.ts'
import { exportRedcap } from './redcap-export.ts'
import { exportXlsform } from './xlsform-export.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const phq9 = (await loadLibrary()).get('phq-9', '1.0.0')!

const osd = {
  osd_version: '1.0',
  definition: {
    scale_info: { name: 'Small', code: 'SM', license: 'CC0' },
    likert_options: { points: 3, min: 0, max: 2, labels: ['l1', 'l2', 'l3'], question_head: 'h' },
    items: [
      { id: 'a', type: 'likert' },
      { id: 'b', type: 'multi', options: [{ value: 0, text_key: 'l1' }, 'l2'] },
    ],
    scoring: {
      t: {
        method: 'sum_coded',
        items: { a: 1, b: -1 },
        transform: [{ op: 'multiply', value: 2 }],
        norms: { thresholds: [{ min: 0, max: 9, label: 'x' }] },
      },
      u: { method: 'weighted_sum', scores: ['t'], weights: { t: 2 } },
    },
  },
  translations: { en: { a: 'A', b: 'B', l1: 'No', l2: 'Yes', l3: 'Very', h: 'In the last week' }, zh: { a: '甲' } },
}
const activity = {
  category: 'Activity',
  '@context': 'reproschema',
  ui: { order: ['a'], addProperties: [{ isAbout: 'a', variableName: 'a', isVis: 'a > 0' }] },
  compute: [{ variableName: 't', jsExpression: 'a + a' }],
  preamble: { en: 'x' },
}
const item = {
  category: 'Item',
  question: { en: 'A', 'zh-cn': '甲' },
  responseOptions: {
    choices: [
      { name: { en: 'No' }, value: 0 },
      { name: { en: 'Yes' }, value: 1 },
    ],
  },
}

/** Every place of a value, as the keys that lead to it. */
const placesOf = (value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] => [
  keys,
  ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...keys, key])) : []),
]
const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by
  const entries = Object.entries(value as object).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner] as const)
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}

const settled = (format: ImportFormat, files: readonly ImportFile[]) => {
  const { definition, findings } = importFiles(format, files)
  if (definition) expect(definitionSchema.safeParse(definition).success).toBe(true)
  else expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(-1, 1e300, 0.5, '', '__proto__', 'a', 't', {}, [], null, '%t', [[]], { '': 0 }),
)
const broken = (whole: unknown) => {
  const places = placesOf(whole)
  return fc.array(fc.tuple(fc.nat(places.length - 1), junk), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((value, [place, by]) => {
      const path = places[place]!
      return placesOf(value).some((known) => known.join('\n') === path.join('\n')) ? replaced(value, path, by) : value
    }, whole),
  )
}

const questionnaire = JSON.parse(exportFhir(phq9).files[0]!.text) as { item: readonly unknown[] }
const small = { ...questionnaire, item: [...questionnaire.item.slice(0, 4), questionnaire.item.at(-1)] }

test.each<[ImportFormat, unknown]>([
  ['fhir', small],
  ['openscales', osd],
  ['reproschema', activity],
  ['reproschema', item],
])('%s with anything in any place', (format, whole) => {
  fc.assert(
    fc.property(broken(whole), (value) => {
      const file = { name: format === 'openscales' ? 'x.osd' : 'x/x', text: JSON.stringify(value) }
      const other =
        whole === item
          ? { name: 'x/s', text: JSON.stringify({ ...activity, ui: { order: ['x'] } }) }
          : { name: 'x/a', text: JSON.stringify(item) }
      settled(format, format === 'reproschema' ? [file, other] : [file])
    }),
    { numRuns: 1500 },
  )
})

test.each<[ImportFormat, readonly ImportFile[]]>([
  ['redcap', exportRedcap(phq9, { language: 'en' }).files],
  ['xlsform', exportXlsform(phq9).files],
])('%s with anything in any place', (format, files) => {
  const cuts = fc.array(
    fc.tuple(fc.nat(4000), fc.nat(30), fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('"', ',', '\n', '|', '__proto__'))),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(fc.nat(files.length - 1), cuts, (chosen, changes) => {
      const changed = changes.reduce((text, [at, length, by]) => {
        const start = at % (text.length + 1)
        return text.slice(0, start) + by + text.slice(start + length)
      }, files[chosen]!.text)
      settled(
        format,
        files.map((file, position) => (position === chosen ? { ...file, text: changed } : file)),
      )
    }),
    { numRuns: 600 },
  )
})
