import { expect, test } from 'vitest'
import { definitionSchema } from '../definition.ts'
import { findingLine } from './finding.ts'
import { detectFormat, importFiles } from './import.ts'

const header = 'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations, OR Slider Labels"'
const dictionary = (...rows: readonly string[]) => [{ name: 'dictionary.csv', text: [header, ...rows, ''].join('\n') }]
const question = (name: string, label = 'Feeling sad') => `${name},mood,,radio,${label},"0, Not at all | 1, Often"`
const json = (name: string, value: unknown) => ({ name, text: JSON.stringify(value) })
const choices = { type: 'choice', answerOption: [{ valueInteger: 0 }, { valueInteger: 1 }] }

test('the format is told from the contents, and an unknown one is refused with the formats that are known', () => {
  expect(detectFormat(dictionary(question('a')))).toBe('redcap')
  expect(detectFormat([json('a.json', { resourceType: 'Questionnaire' })])).toBe('fhir')
  expect(detectFormat([json('a', { '@context': 'https://x/reproschema', category: 'Activity' })])).toBe('reproschema')
  expect(detectFormat([json('a.osd', {})])).toBe('openscales')
  expect(detectFormat([{ name: 'survey.csv', text: 'type,name,label\n' }])).toBe('xlsform')
  expect(detectFormat([{ name: 'a.txt', text: 'hello' }])).toBeNull()
  expect(importFiles('auto', [{ name: 'a.txt', text: 'hello' }])).toMatchObject({
    definition: null,
    findings: [{ rule: 'format-unknown', file: 'a.txt', allowed: 'fhir, reproschema, openscales, redcap, xlsform' }],
  })
})

test('a draft fits the schema, keeps its licence gate closed, and names what a person has to settle', () => {
  const { definition, findings } = importFiles(
    'redcap',
    dictionary(question('q1'), question('q2', 'Better off dead'), 'sum,mood,,calc,Total,[q1] + [q2]'),
  )
  expect(definitionSchema.safeParse(definition).success).toBe(true)
  expect(definition!.licence.wording).toMatchObject({
    status: 'permission-needed',
    clinical: false,
    educational: false,
    research: false,
    electronic: false,
  })
  expect(definition!.licence.wording.evidence).toEqual([expect.stringContaining('imported file says: nothing')])
  expect(definition!.items).toMatchObject([{ id: 'mood_1' }, { id: 'mood_2', sensitive: true }])
  const needs = findings.filter(({ rule }) => rule === 'needs').map(({ what, place }) => `${place}: ${what}`)
  expect(needs).toEqual(
    expect.arrayContaining([
      expect.stringContaining('respondent, ages and minutes'),
      expect.stringContaining('no look-back period'),
      expect.stringContaining('the licence gate stays closed'),
      expect.stringContaining('items.mood_2: asks about suicide or self-harm'),
    ]),
  )
})

test('a finding is one line with file, line, severity and rule', () => {
  const { findings } = importFiles('redcap', dictionary(question('q1'), question('q2'), 'sum,mood,,calc,Total,[q1] + [q9]'))
  expect(findings.map(findingLine)).toContain(
    'dictionary.csv:4: error: sum: knows no item q9: [q1] + [q9]; allowed: sums, means, weights and rounding of items (score-not-understood)',
  )
})

test('items keep the names of the file when those are our kind, and are numbered in order otherwise', () => {
  const named = importFiles('redcap', dictionary(question('mood_2'), question('mood_1'), question('mood_7')))
  expect(named.definition!.items.map(({ id }) => id)).toEqual(['mood_2', 'mood_1', 'mood_7'])
  const other = importFiles('redcap', dictionary(question('sad'), question('tired'), question('alone')))
  expect(other.itemNames).toEqual({ mood_1: 'sad', mood_2: 'tired', mood_3: 'alone' })
})

test('one form of a dictionary is chosen by name, and the others are said to be left behind', () => {
  const files = dictionary(
    question('a_1'),
    question('a_2'),
    question('a_3'),
    'x,other,,yesno,One,',
    'y,other,,yesno,Two,',
    'z,other,,yesno,Three,',
    'born,other,,text,Birth,',
  )
  expect(importFiles('redcap', files).notCarried).toContain('form other: 3 questions with fixed answers')
  expect(importFiles('redcap', files, { part: 'other' }).definition!.items).toHaveLength(3)
  expect(importFiles('redcap', files, { part: 'none' }).findings[0]).toMatchObject({
    rule: 'no-questionnaire',
    allowed: 'forms here: mood, other',
  })
})

test.each([
  ['a broken JSON file', 'fhir', [{ name: 'q.json', text: '{"resourceType": "Questionnaire"' }], 'unreadable'],
  ['a deeply nested JSON file', 'fhir', [{ name: 'q.json', text: '['.repeat(100_000) }], 'unreadable'],
  ['a file that is too large', 'openscales', [{ name: 'q.osd', text: ' '.repeat(5_000_001) }], 'unreadable'],
  ['a CSV file with an open quotation mark', 'redcap', [{ name: 'd.csv', text: '"never closed' }], 'unreadable'],
  ['a workbook', 'xlsform', [{ name: 'form.xlsx', text: 'PK\u0003\u0004' }], 'workbook'],
  ['an export of records', 'redcap', [{ name: 'data.csv', text: 'record_id,age\n1,12\n' }], 'no-definition'],
  ['words without a definition', 'openscales', [json('X.zh.json', { q1: '我难过' })], 'no-definition'],
  ['a value set alone', 'fhir', [json('v.json', { resourceType: 'ValueSet' })], 'no-definition'],
  ['the old LForms format', 'fhir', [json('l.json', { lformsVersion: '24', items: [{ questionCode: '1' }] })], 'no-definition'],
  ['an item without its activity', 'reproschema', [json('items/q', { category: 'Item' })], 'no-definition'],
  ['two activities', 'reproschema', [json('a', { category: 'Activity' }), json('b', { category: 'Activity' })], 'several-definitions'],
  [
    'a questionnaire without coded answers',
    'fhir',
    [json('q.json', { resourceType: 'Questionnaire', item: [{ linkId: 'a', type: 'string' }] })],
    'no-items',
  ],
  ['two definitions', 'openscales', [json('a.osd', {}), json('b.osd', {})], 'several-definitions'],
  [
    'two questionnaires',
    'fhir',
    [json('q.json', [{ resourceType: 'Questionnaire' }, { resourceType: 'Questionnaire' }])],
    'several-definitions',
  ],
  ['two dictionaries', 'redcap', [json('a.csv', 1), json('b.csv', 1)], 'several-definitions'],
  ['no file at all', 'auto', [], 'no-definition'],
] as const)('%s is refused with a reason', (_what, format, files, rule) => {
  const { definition, findings } = importFiles(format, files)
  expect(definition).toBeNull()
  expect(findings).toContainEqual(expect.objectContaining({ rule, severity: 'error' }))
})

test('names that belong to every object stay plain names, in each format', () => {
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const fhir = { resourceType: 'Questionnaire', title: '__proto__', item: hostile.map((linkId) => ({ linkId, text: linkId, ...choices })) }
  const text = `{"osd_version":"1.0","definition":{"scale_info":{"code":"__proto__"},"likert_options":{"points":2,"min":0,"max":1,"labels":["__proto__","constructor"]},"items":[${hostile
    .map((id) => `{"id":"${id}","type":"likert"}`)
    .join()}],"scoring":{"__proto__":{"method":"sum_coded","items":{"__proto__":1,"constructor":1}}}},"translations":{"__proto__":{"a":"b"},"en":{"__proto__":"x","constructor":"y","toString":"z","hasOwnProperty":"w"}}}`
  for (const files of [[json('q.json', fhir)], [{ name: 'h.osd', text }], dictionary(...hostile.map((name) => question(name)))]) {
    const { definition } = importFiles('auto', files)
    expect(definition!.items).toHaveLength(4)
    expect(definitionSchema.safeParse(definition).success).toBe(true)
  }
  expect(({} as Record<string, unknown>).polluted ?? Object.keys(Object.prototype)).toEqual([])
})

test('a form whose list of answers is missing is refused, and the missing list is named', () => {
  const text = 'type,name,label\nselect_one often,q_1,Sad\nselect_one often,q_2,Tired\nselect_one often,q_3,Alone\n'
  const { definition, findings } = importFiles('xlsform', [{ name: 'survey.csv', text }])
  expect(definition).toBeNull()
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'missing-file', line: 2, what: expect.stringContaining('the list often') }),
  )
})

test('an item that stands twice is an error of the file and is taken once', () => {
  const { definition, findings } = importFiles('redcap', dictionary(question('a_1'), question('a_1'), question('a_2'), question('a_3')))
  expect(definition!.items).toHaveLength(3)
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'duplicate-id', line: 3 }))
})

test('a long chain of variables and an item in many groups end soon', () => {
  const group = (depth: number): unknown =>
    depth === 0 ? { linkId: 'q', text: 'Q', ...choices } : { linkId: `g${depth}`, type: 'group', item: [group(depth - 1)] }
  const { findings } = importFiles('fhir', [json('q.json', { resourceType: 'Questionnaire', item: [group(20)] })])
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'unreadable' }))
})

test('skip logic and composites are carried, in FHIR with enableWhen and in REDCap with branching logic', () => {
  const gate = (condition: string) => `mood_2,mood,,radio,Why,"0, Not at all | 1, Often",,,,,,${condition}`
  const columns = [
    {
      name: 'd.csv',
      text: `${header},Field Note,V,Min,Max,Identifier?,Branching Logic (Show field only if...)\n${question('mood_1')}\n${gate('[mood_1] >= 1')}\n${question('mood_3')}\n`,
    },
  ]
  expect(importFiles('redcap', columns).definition!.items[1]).toMatchObject({ askedIf: { item: 'mood_1', from: 1, to: 1 } })
  const files = dictionary(
    question('m_1'),
    question('m_2'),
    question('m_3'),
    question('m_4'),
    'low,mood,,calc,Low,[m_1] + [m_2]',
    'high,mood,,calc,High,[m_3] + [m_4]',
    'all,mood,,calc,All,[low] + [high]',
  )
  expect(importFiles('redcap', files).definition!.scales[2]).toMatchObject({
    id: 'all',
    items: [],
    of: [{ scale: 'low' }, { scale: 'high' }],
  })
})
