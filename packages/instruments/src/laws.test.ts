import { expect, test } from 'vitest'
import { lawBreaches, lawNames } from './laws.ts'
import { loadLibrary } from './library.ts'

const sound = (await loadLibrary()).get('phq-9', '1.0.0')!

/** The sound instrument with one thing changed, or taken out where no value is given. */
const changed = (path: string, value?: unknown) => {
  const draft = structuredClone(sound)
  const steps = path.split('/')
  const last = steps.pop()!
  const place = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, draft as unknown as Record<string, unknown>)
  if (value === undefined) delete place[last]
  else place[last] = value
  return draft
}

const scale = 'scales.phq9_total'
const addsUp = 'a scale adds up either items or scales that stand before it'
const skips = 'an item is asked after the answers that decide it, and says what stands for it otherwise'
const fit = 'codes fit their columns, and those of a reversed item mirror onto each other'
const withheld = 'words are withheld when and only when permission is needed'
const languages = 'words stand in at least one language, and Chinese stands or is said to be needed'
const table = (...raw: readonly number[]) => ({ kind: 'table', rows: raw.map((from) => [from, from * 2]), source: 'made up for a test' })
const norm = (id: string, ...ages: readonly object[]) => ({
  id: 'made-up',
  scale: id,
  cells: ages.map((span) => ({ ages: span, mean: 5, standardDeviation: 4 })),
  sample: 'made up for a test',
  year: 2020,
  status: 'judgement',
  source: 'made up for a test',
})
const teens = { from: 12, to: 15 }
const inTraditional = (texts: object) => ({
  ...texts,
  stem: '過去兩週，你有多少時候會覺得這些問題讓你難過？',
  items: Object.fromEntries(sound.items.map(({ id }) => [id, '這個問題讓你覺得難過嗎'])),
})
const cases: readonly (readonly [law: string, place: string, path: string, value?: unknown])[] = [
  ['ids are unique', 'items', 'items/1/id', 'phq9_1'],
  ['ids are unique', 'optionSets.frequency', 'optionSets/frequency/1/value', 0],
  ['ids are unique', `${scale}.items`, 'scales/0/items/1/item', 'phq9_1'],
  ['every reference meets its target', 'items', 'items/1/id', 'gad7_2'],
  ['every reference meets its target', 'items.phq9_1.options', 'items/0/options', 'agreement'],
  ['every reference meets its target', `${scale}.items`, 'scales/0/items/0/item', 'phq9_10'],
  ['every reference meets its target', 'riskRules.item9-unanswered', 'riskRules/1/item', 'phq9_99'],
  ['every reference meets its target', 'riskRules.total-severe', 'riskRules/2/scale', 'phq8_total'],
  ['every reference meets its target', 'items', 'id', 'phq-8'],
  ['every reference meets its target', scale, 'id', 'phq-8'],
  ['every reference meets its target', 'norms.made-up', 'norms', [norm('phq8_total', teens)]],
  ['ids are unique', 'norms', 'norms', [norm('phq9_total', teens), norm('phq9_total', teens)]],
  ['ids are unique', `${scale}.bands`, 'scales/0/bands/1/id', 'minimal'],
  [addsUp, scale, 'scales/0/items', []],
  [addsUp, scale, 'scales/0/of', [{ scale: 'phq9_total' }, { scale: 'phq9_mood' }]],
  [addsUp, `${scale}.of`, 'scales/0/of', [{ scale: 'phq9_total' }, { scale: 'phq9_mood' }]],
  [addsUp, `${scale}.count`, 'scales/0/method', 'count'],
  [addsUp, `${scale}.count`, 'scales/0/count', { from: 1, to: 3 }],
  [addsUp, `${scale}.transform.rows`, 'scales/0/transform', table(1, 0)],
  [skips, 'items.phq9_2.askedIf', 'items/1/askedIf', { item: 'phq9_3', from: 1, to: 3 }],
  [skips, 'items.phq9_2.askedIf', 'items/1/askedIf', { item: 'phq9_1', orItems: ['phq9_2'], from: 1, to: 3 }],
  [skips, 'items.phq9_2.askedIf', 'items/1/askedIf', { item: 'phq9_1', from: 4, to: 9 }],
  [skips, 'items.phq9_2.askedIf', 'items/1/askedIf', { item: 'phq9_1', from: 0, to: 3 }],
  [skips, 'items.phq9_2.otherwise', 'items/1/askedIf', { item: 'phq9_1', from: 1, to: 3 }],
  [skips, 'items.phq9_2.otherwise', 'items/1', { ...sound.items[1], askedIf: { item: 'phq9_1', from: 1, to: 3 }, otherwise: 4 }],
  [skips, 'items.phq9_2.otherwise', 'items/1/otherwise', 0],
  ['a table of scores has a row for every raw score', `${scale}.transform.rows`, 'scales/0/transform', table(0, 27)],
  ['bands tile the reachable range', `${scale}.bands`, 'scales/0/transform', { kind: 'linear', multiply: 2, add: 0 }],
  [fit, 'optionSets.frequency.not-at-all', 'optionSets/frequency/0/value', -128],
  [fit, 'optionSets.frequency.nearly-every-day', 'optionSets/frequency/3/value', 40_000],
  ['bands tile the reachable range', `${scale}.bands.mild`, 'scales/0/bands/1/from', 6],
  ['bands tile the reachable range', `${scale}.bands.mild`, 'scales/0/bands/1/from', 4],
  ['bands tile the reachable range', `${scale}.bands`, 'scales/0/bands/0/from', 1],
  ['bands tile the reachable range', `${scale}.bands`, 'scales/0/bands/4/to', 26],
  ['cut-offs and rules lie in the reachable range', `${scale}.cutOffs.positive`, 'scales/0/cutOffs/0/atLeast', 28],
  ['cut-offs and rules lie in the reachable range', 'riskRules.total-severe', 'riskRules/2/to', 30],
  ['cut-offs and rules lie in the reachable range', 'riskRules.total-severe', 'riskRules/2/to', 19],
  ['a missing rule fits its scale and names its source', `${scale}.missing`, 'scales/0/missing/minimumAnswered', 10],
  ['a missing rule fits its scale and names its source', `${scale}.missing`, 'scales/0/missing/treatment', 'null'],
  ['a missing rule fits its scale and names its source', `${scale}.missing.source`, 'scales/0/missing/source'],
  ['every risk item is covered by an item rule and an unanswered rule', 'items.phq9_9', 'riskRules', [...sound.riskRules.slice(0, 1)]],
  ['every risk item is covered by an item rule and an unanswered rule', 'items.phq9_9', 'riskRules/0/from', 2],
  ['every risk item is covered by an item rule and an unanswered rule', 'items.phq9_9', 'items/8/sensitive'],
  ['a missing rule fits its scale and names its source', `${scale}.missing.cap`, 'scales/0/missing/cap', 28],
  [
    'the cells of a norm do not overlap',
    'norms.made-up.cells.1',
    'norms',
    [norm('phq9_total', { from: 12, to: 15 }, { from: 15, to: 18 })],
  ],
  ['the cells of a norm do not overlap', 'norms.made-up.cells.0', 'norms', [norm('phq9_total', { from: 15, to: 12 })]],
  ['cut-offs and rules lie in the reachable range', `${scale}.cutOffs.positive`, 'scales/0/cutOffs/0/sensitivity', 0.8],
  ['cut-offs and rules lie in the reachable range', `${scale}.cutOffs.positive`, 'scales/0/cutOffs/0/atLeast'],
  [withheld, 'licence.wording.status', 'licence/wording/status', 'permission-needed'],
  [withheld, 'licence.wording.status', 'texts', { en: { ...sound.texts.en!, status: 'withheld' } }],
  ['texts are complete in each language', 'texts.en.items', 'texts/en/status', 'withheld'],
  ['texts are complete in each language', 'texts.en', 'texts/en', { ...sound.texts.en!, stem: undefined, instructions: undefined }],
  [languages, 'texts', 'texts', {}],
  [languages, 'textsNeeded', 'texts/zh-CN'],
  [languages, 'textsNeeded', 'textsNeeded', ['zh-CN']],
  ['the script is that of the language tag, in the characters too', 'texts.zh-CN.script', 'texts/zh-CN/script', 'Hant'],
  ['the script is that of the language tag, in the characters too', 'texts.en.script', 'texts/en/script', 'Hans'],
  ['the script is that of the language tag, in the characters too', 'texts.zh-CN', 'texts/zh-CN', inTraditional(sound.texts['zh-CN']!)],
  ['what we wrote ourselves says that it is not validated', 'validated', 'texts/en/status', 'ours'],
  ['what we wrote ourselves says that it is not validated', 'validated', 'validated', false],
  ['a licence has evidence', 'licence.wording.evidence', 'licence/wording/evidence', ['free']],
  ['texts are complete in each language', 'texts.en.language', 'texts/en/language', 'fr'],
  ['texts are complete in each language', 'texts.en.items.phq9_3', 'texts/en/items/phq9_3'],
  ['texts are complete in each language', 'texts.zh-CN.options.frequency.several-days', 'texts/zh-CN/options/frequency/several-days'],
  ['texts are complete in each language', 'texts.zh-CN.scales.phq9_total', 'texts/zh-CN/scales/phq9_total'],
  ['texts are complete in each language', 'texts.en.bands.phq9_total.none', 'texts/en/bands/phq9_total/none', 'lowest'],
  ['texts are complete in each language', 'texts.zh-CN.riskRules.total-severe', 'texts/zh-CN/riskRules/total-severe'],
  [
    'words of bands and rules never diagnose and never reassure',
    'texts.zh-CN.bands.phq9_total.minimal',
    'texts/zh-CN/bands/phq9_total/minimal',
    '正常',
  ],
  [
    'words of bands and rules never diagnose and never reassure',
    'texts.en.riskRules.total-severe',
    'texts/en/riskRules/total-severe',
    'Diagnosis: depression',
  ],
]

for (const [law, place, path, value] of cases)
  test(`${law}: a breach is named at ${place} when ${path} is ${value === undefined ? 'taken out' : JSON.stringify(value).slice(0, 40)}`, () => {
    expect(lawBreaches(changed(path, value))).toContainEqual(expect.objectContaining({ law, place }))
  })

test('each law has a breach that proves it, and the sound instrument has none', () => {
  expect(new Set(cases.map(([law]) => law))).toEqual(new Set(lawNames))
  expect(lawBreaches(sound)).toEqual([])
})

test('a blank may count as zero only where every answer can add 0', () => {
  const zero = changed('scales/0/missing/treatment', 'zero')
  expect(lawBreaches(zero)).toEqual([])
  const fromOne = {
    ...zero,
    optionSets: { frequency: zero.optionSets.frequency!.map((option) => ({ ...option, value: option.value + 1 })) },
  }
  expect(lawBreaches(fromOne)).toContainEqual(expect.objectContaining({ problem: 'with treatment zero, every part must be able to add 0' }))
})

test('only an item whose codes mirror onto each other can be reversed', () => {
  const reversed = changed('scales/0/items/0/reversed', true)
  expect(lawBreaches(reversed)).toEqual([])
  const codes = [0, 1, 3, 5]
  const uneven = {
    ...reversed,
    optionSets: { frequency: reversed.optionSets.frequency!.map((option, place) => ({ ...option, value: codes[place]! })) },
  }
  expect(lawBreaches(uneven)).toContainEqual(
    expect.objectContaining({ problem: 'phq9_1 is reversed, but its codes do not mirror onto each other' }),
  )
})

test('Traditional words stand under their own tag', () => {
  const texts = inTraditional(sound.texts['zh-CN']!)
  const words = { ...texts, language: 'zh-Hant', script: 'Hant' }
  const scripts = (definition: typeof sound) => lawBreaches(definition).filter(({ place }) => place.startsWith('texts.zh-Hant'))
  expect(scripts(changed('texts/zh-Hant', { ...words, items: sound.texts['zh-CN']!.items }))).toMatchObject([{ place: 'texts.zh-Hant' }])
  expect(scripts(changed('texts/zh-Hant', words))).toEqual([])
})
