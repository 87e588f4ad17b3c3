/** Each rule on a small file written for it: once with the error, once without. */
import { describe, expect, test } from 'vitest'
import type { Finding } from './finding.ts'
import { importFiles } from './import.ts'
import type { ImportFile } from './imported.ts'

const sad = ['I felt sad', 'I felt lonely', 'I was nervous', 'I was tired']
const happy = ['I was happy', 'I enjoyed life']
const never = ['Never', 'Sometimes', 'Often', 'Always']

type Osd = {
  readonly items?: readonly string[]
  readonly labels?: readonly string[]
  readonly key?: Readonly<Record<string, number>>
  readonly scoring?: Readonly<Record<string, unknown>>
  readonly info?: Readonly<Record<string, unknown>>
  readonly stem?: string
  readonly chinese?: readonly string[]
  readonly description?: string
  readonly implementation?: Readonly<Record<string, unknown>>
}

/** An Open Scale Definition with items q1, q2, ... and one score over all of them. */
const osd = ({
  items = sad,
  labels = never,
  key,
  scoring = {},
  info = {},
  stem,
  chinese,
  description,
  implementation,
}: Osd): ImportFile => {
  const ids = items.map((_, position) => `q${position + 1}`)
  const keys = (words: readonly string[], prefix: string) =>
    Object.fromEntries(words.map((word, position) => [`${prefix}${position + 1}`, word]))
  const definition = {
    scale_info: {
      name: 'Small Scale',
      code: 'SMALL',
      license: 'CC0',
      license_explanation: 'The author wrote: I give it away under CC0.',
      ...info,
    },
    ...(implementation ? { implementation } : {}),
    likert_options: {
      points: labels.length,
      min: 0,
      max: labels.length - 1,
      labels: labels.map((_, position) => `l${position + 1}`),
      question_head: 'head',
    },
    items: ids.map((id) => ({ id, text_key: id, type: 'likert' })),
    scoring: { total: { method: 'sum_coded', items: key ?? ids, ...(description ? { description } : {}), ...scoring } },
  }
  const en = { ...keys(items, 'q'), ...keys(labels, 'l'), ...(stem ? { head: stem } : {}) }
  const zh = chinese ? { zh: { ...keys(chinese, 'q'), ...keys(['从不', '有时', '经常', '总是'], 'l') } } : {}
  return { name: 'small.osd', text: JSON.stringify({ osd_version: '1.0', definition, translations: { en, ...zh } }) }
}

const found = (rule: string, files: ImportFile | readonly ImportFile[], options = {}): readonly Finding[] =>
  importFiles('auto', [files].flat(), options).findings.filter((finding) => finding.rule === rule)

const bands = (...limits: readonly (readonly [number, number])[]) => ({
  norms: { thresholds: limits.map(([min, max], position) => ({ min, max, label: `Band ${position + 1}` })) },
})

type Case = readonly [
  what: string,
  rule: string,
  wrong: ImportFile | readonly ImportFile[],
  right: ImportFile | readonly ImportFile[],
  says: string,
]

const reproschema = (names: readonly string[], expression: string, fields: readonly string[] = []): readonly ImportFile[] => [
  {
    name: 'X/x_schema',
    text: JSON.stringify({
      '@context': 'reproschema',
      category: 'Activity',
      ui: { order: [...names, ...fields].map((name) => `items/${name}`) },
      compute: [{ variableName: 'x_total', jsExpression: expression }],
    }),
  },
  { name: 'X/answers', text: JSON.stringify({ choices: never.map((name, value) => ({ name: { en: name }, value })) }) },
  { name: 'X/items/x_total', text: JSON.stringify({ responseOptions: { minValue: 0, maxValue: names.length * 3 } }) },
  ...names.map((name) => ({
    name: `X/items/${name}`,
    text: JSON.stringify({ category: 'Item', question: { en: `Text ${name}` }, responseOptions: '../answers' }),
  })),
  ...fields.map((name) => ({
    name: `X/items/${name}`,
    text: JSON.stringify({ category: 'Item', question: { en: name }, ui: { inputType: 'number' }, responseOptions: { minValue: 0 } }),
  })),
]

const questionnaire = (items: readonly unknown[]): ImportFile => ({
  name: 'q.json',
  text: JSON.stringify({ resourceType: 'Questionnaire', title: 'Small (SM-2)', item: items }),
})
const choice = (linkId: string, values: readonly (number | null)[]) => ({
  linkId,
  text: `Text ${linkId}`,
  type: 'choice',
  answerOption: values.map((value, position) => ({
    valueCoding: { code: `c${position}`, display: `Answer ${position}` },
    ...(value === null ? {} : { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: value }] }),
  })),
})
const total = (expression: string) => ({
  linkId: 'total',
  text: 'Total',
  type: 'decimal',
  extension: [
    {
      url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
      valueExpression: { language: 'text/fhirpath', expression },
    },
  ],
})
const mixed = [choice('a', [0, 1, 2]), choice('b', [0, 1, 2]), choice('c', [0, 1, 2]), choice('d', [0, 1, 2]), choice('impairment', [0, 1])]

const cases: readonly Case[] = [
  [
    'cut-offs on another metric: a score times 4 with cut-offs left where the raw score ends',
    'cut-offs-on-another-metric',
    osd({ scoring: { transform: [{ op: 'multiply', value: 4 }], ...bands([0, 5], [6, 12]) } }),
    osd({ scoring: { transform: [{ op: 'multiply', value: 4 }], ...bands([0, 20], [24, 48]) } }),
    'bands from 0 to 12, while the score reaches 0 to 48',
  ],
  [
    'cut-offs on another metric: a cut-off told in prose that no score reaches',
    'cut-offs-on-another-metric',
    osd({ description: 'Sum of the items. Cutoff ≤52 (on 0–100 transformed scale).' }),
    osd({ description: 'Sum of the items. Cutoff ≥ 8.' }),
    'a cut-off of 52, while the score reaches 0 to 12',
  ],
  [
    'thresholds with a gap',
    'thresholds-do-not-tile',
    osd({ scoring: bands([0, 4], [6, 12]) }),
    osd({ scoring: bands([0, 4], [5, 12]) }),
    'between 4 and 6 lies no band',
  ],
  [
    'thresholds that overlap',
    'thresholds-do-not-tile',
    osd({ scoring: bands([0, 5], [5, 12]) }),
    osd({ scoring: bands([5, 12], [0, 4]) }),
    'begins at 5, inside Band 1',
  ],
  [
    'thresholds that leave out the lowest score',
    'thresholds-do-not-tile',
    osd({ scoring: bands([1, 4], [5, 12]) }),
    osd({ scoring: bands([0, 12]) }),
    '0 to 0 lies in no band',
  ],
  [
    'bands in prose that leave out the lowest score',
    'thresholds-do-not-tile',
    osd({ description: '1-4 minimal, 5-9 mild, 10+ severe' }),
    osd({ description: '0-4 minimal, 5-9 mild, ≥10 severe' }),
    'bands told in prose: 0 to 0 lies in no band',
  ],
  [
    'a key with no reversed item although the wording changes direction',
    'no-reversed-item',
    osd({ items: [...sad, ...happy] }),
    osd({ items: [...sad, ...happy], key: { q1: 1, q2: 1, q3: 1, q4: 1, q5: -1, q6: -1 } }),
    'q5, q6 seems to point the other way',
  ],
  [
    'a file tagged zh in Traditional characters',
    'chinese-script',
    osd({ chinese: ['我覺得很難過', '我感到孤單，沒有人關心', '我緊張', '我覺得疲憊，無力'] }),
    osd({ chinese: ['我觉得很难过', '我感到孤单，没有人关心', '我紧张', '我觉得疲惫，无力'] }),
    'are written in Traditional characters',
  ],
  [
    'one Traditional character among Simplified ones',
    'chinese-script',
    osd({ chinese: ['我觉得很难过', '我感到孤单，沒有人关心', '我紧张', '我觉得疲惫，无力'] }),
    osd({ chinese: ['我觉得很难过', '我感到孤单，没有人关心', '我紧张', '我觉得疲惫，无力'] }),
    'Traditional characters among Simplified ones: 沒',
  ],
  [
    'a score expression that is no valid code',
    'expression-not-valid',
    reproschema(['X-1_1', 'X-1_2'], 'X-1_1 + X-1_2'),
    reproschema(['x_1', 'x_2'], 'x_1 + x_2'),
    'X-1_1 reads as X minus 1_1',
  ],
  [
    'a plain sum that one missing answer leaves without a score',
    'missing-answers',
    reproschema(['x_1', 'x_2'], 'x_1 + x_2'),
    questionnaire([
      choice('a', [0, 1]),
      choice('b', [0, 1]),
      total('iif(%resource.item.answer.count() >= 2, %resource.item.answer.weight().avg(), {})'),
      choice('c', [0, 1]),
    ]),
    'one missing answer leaves no score',
  ],
  [
    'a sum that one missing answer makes short',
    'missing-answers',
    questionnaire([choice('a', [0, 1]), choice('b', [0, 1]), total('%resource.item.answer.weight().sum()')]),
    questionnaire([
      choice('a', [0, 1]),
      choice('b', [0, 1]),
      choice('c', [0, 1]),
      total('iif(%resource.item.answer.count() >= 2, %resource.item.answer.weight().avg(), {})'),
    ]),
    'adds nothing, so the total is short',
  ],
  ['no scoring at all', 'no-scoring', questionnaire([choice('a', [0, 1]), choice('b', [0, 1])]), osd({}), '2 items and no score'],
  [
    'a total that also adds a question with another list of answers',
    'non-items-added',
    questionnaire([...mixed, total('%resource.item.answer.weight().sum()')]),
    questionnaire([...mixed, total("%resource.item.where(linkId != 'impairment').answer.weight().sum()")]),
    'total adds impairment',
  ],
  [
    'a total that also adds a number that is no item',
    'non-items-added',
    reproschema(['x_1', 'x_2'], 'x_1 + x_2 + minutes', ['minutes']),
    reproschema(['x_1', 'x_2'], 'x_1 + x_2', ['minutes']),
    'x_total adds minutes, which is no item',
  ],
  [
    'a key that runs opposite to what is said of high scores',
    'option-order-opposite',
    osd({ items: [...sad, 'I was worried'], labels: never.toReversed(), description: 'Higher scores indicate worse distress.' }),
    osd({ items: [...sad, 'I was worried'], description: 'Higher scores indicate worse distress.' }),
    'high scores are said to be worse, but with these answers and this key they are better',
  ],
  [
    'answers listed from the highest value down',
    'option-order-opposite',
    questionnaire([choice('a', [3, 2, 1, 0])]),
    questionnaire([choice('a', [0, 1, 2, 3])]),
    'listed from 3 down to 0',
  ],
  [
    'a band that reads as an all-clear',
    'band-wording',
    osd({ scoring: { norms: { thresholds: [{ min: 0, max: 12, label: 'Normal' }] } } }),
    osd({ scoring: { norms: { thresholds: [{ min: 0, max: 12, label: 'Whole range' }] } } }),
    'as an all-clear: Normal',
  ],
  [
    'a licence label without evidence',
    'licence-without-evidence',
    osd({ info: { license: 'Public Domain', license_explanation: '' } }),
    osd({ info: { license: 'Public Domain', license_explanation: 'The owner places it in the public domain.' } }),
    'stands there without evidence',
  ],
  [
    'a licence label that its evidence contradicts',
    'licence-without-evidence',
    osd({ info: { license: 'Public Domain', license_explanation: 'The foundation grants permission for educational use.' } }),
    osd({ info: { license: 'free for education', license_explanation: 'The foundation grants permission for educational use.' } }),
    'is not what its evidence says',
  ],
  [
    'a file whose licence says one thing and the LICENSE beside it another',
    'licence-without-evidence',
    [osd({ implementation: { license: 'CC BY 4.0' } }), { name: 'LICENSE.txt', text: 'Attribution-NonCommercial-ShareAlike' }],
    [osd({ implementation: { license: 'CC BY-NC-SA 4.0' } }), { name: 'LICENSE.txt', text: 'Attribution-NonCommercial-ShareAlike' }],
    'is told in different ways',
  ],
  [
    'a question about self-harm',
    'risk-item-without-a-rule',
    osd({ items: [...sad, 'Thoughts of hurting yourself'] }),
    osd({}),
    'q5 asks about suicide or self-harm',
  ],
  [
    'answers without values',
    'answers-without-values',
    questionnaire([choice('a', [null, null])]),
    questionnaire([choice('a', [0, 1])]),
    'have no coded values',
  ],
  [
    'a stated range that the items do not reach',
    'stated-range',
    reproschema(['x_1', 'x_2'], 'x_1'),
    reproschema(['x_1', 'x_2'], 'x_1 + x_2'),
    'said to lie from 0 to 6, while its items reach 0 to 3',
  ],
  ['letters of a broken font', 'broken-characters', osd({ items: ['I felt \uF70B sad', ...sad] }), osd({}), '1 texts in en'],
  [
    'a language without some of its words',
    'incomplete-language',
    osd({ chinese: ['我难过'] }),
    osd({ chinese: ['我难过', '我孤单', '我紧张', '我累'] }),
    'zh: 3 items without words',
  ],
]

describe.each(cases)('%s', (_what, rule, wrong, right, says) => {
  test('is found, with its file', () => {
    const [first] = found(rule, wrong).filter(({ what }) => what.includes(says))
    expect(first, JSON.stringify(found(rule, wrong))).toBeDefined()
    expect(first!.file).not.toBe('')
  })
  test('is not found where it is right', () => {
    expect(found(rule, right).filter(({ severity, what }) => severity !== 'note' && !what.includes('says nothing of missing'))).toEqual([])
  })
})

describe('the same name with another look-back period', () => {
  const known = [{ id: 'small', acronym: 'SMALL', lookBackDays: 14 }]
  const other = (stem: string, info = {}) => found('other-look-back', osd({ stem, info }), { known })

  test('is found by name, by acronym with a letter behind it, and in Chinese', () => {
    expect(other('Over the last week, how often were you sad?')).toMatchObject([
      { what: expect.stringContaining('last 7 days, while small asks about 14') },
    ])
    expect(other('In the past 4 weeks', { code: 'SMALLa' })).toHaveLength(1)
    expect(other('在过去的三十天里')).toHaveLength(0)
    expect(other('在过去一个月里')).toHaveLength(1)
  })
  test('is not found for the same period, another name, or a stem that tells none', () => {
    expect(other('Over the last 2 weeks')).toEqual([])
    expect(other('在过去两周里')).toEqual([])
    expect(other('Over the last week', { code: 'OTHER' })).toEqual([])
    expect(other('How do you feel?')).toEqual([])
  })
  test('is found between two languages of one file', () => {
    const text = '"type","name","label::English (en)","label::Spanish (es)"\nnote,stem,"in the last 2 weeks","en la última semana"\n'
    const rows = [1, 2, 3].map((number) => `select_one f,q_${number},Item ${number},Pregunta ${number}\n`).join('')
    const files = [
      { name: 'survey.csv', text: text + rows },
      { name: 'choices.csv', text: 'list_name,name,label::English (en),label::Spanish (es)\nf,0,No,No\nf,1,Yes,Sí\n' },
    ]
    expect(found('other-look-back', files)).toMatchObject([{ what: 'asks about 14 days in en, about 7 in es' }])
  })
})
