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
const cases: readonly (readonly [law: string, place: string, path: string, value?: unknown])[] = [
  ['ids are unique', 'items', 'items/1/id', 'phq9_1'],
  ['ids are unique', 'optionSets.frequency', 'optionSets/frequency/1/value', 0],
  ['ids are unique', `${scale}.items`, 'scales/0/items/1/item', 'phq9_1'],
  ['every reference meets its target', 'items', 'items/1/id', 'gad7_2'],
  ['every reference meets its target', 'items.phq9_1.options', 'items/0/options', 'agreement'],
  ['every reference meets its target', `${scale}.items`, 'scales/0/items/0/item', 'phq9_10'],
  ['every reference meets its target', 'riskRules.item9-unanswered', 'riskRules/1/item', 'phq9_99'],
  ['every reference meets its target', 'riskRules.total-severe', 'riskRules/2/scale', 'phq8_total'],
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
