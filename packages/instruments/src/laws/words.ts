import { found, type Law } from './law.ts'

const keysDiffer = (place: string, have: object, want: readonly string[]): ReturnType<Law['findings']> => [
  ...want.filter((key) => !Object.hasOwn(have, key)).map((key) => found(`${place}.${key}`, 'is missing')),
  ...Object.keys(have)
    .filter((key) => !want.includes(key))
    .map((key) => found(`${place}.${key}`, `is not one of ${want.join(', ') || 'none'}`)),
]

export const licenceHasEvidence: Law = {
  law: 'a licence has evidence',
  findings: ({ licence }) =>
    licence.wording.evidence.some((line) => line.trim().length >= 20)
      ? []
      : [found('licence.wording.evidence', 'must say where the permission was seen, and what it says')],
}

export const textsAreComplete: Law = {
  law: 'texts are complete in each language',
  findings: (definition) => {
    const { items, optionSets, scales, riskRules, texts } = definition
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
    return Object.entries(texts).flatMap(([language, words]) => [
      ...(words.language === language ? [] : [found(`texts.${language}.language`, `must be ${language}`)]),
      ...keysDiffer(`texts.${language}.items`, words.items, ids(items)),
      ...keysDiffer(`texts.${language}.options`, words.options, Object.keys(optionSets)),
      ...Object.entries(optionSets).flatMap(([set, options]) =>
        keysDiffer(`texts.${language}.options.${set}`, words.options[set] ?? {}, ids(options)),
      ),
      ...keysDiffer(`texts.${language}.scales`, words.scales, ids(scales)),
      ...scales.flatMap(({ id, bands }) => keysDiffer(`texts.${language}.bands.${id}`, words.bands[id] ?? {}, ids(bands))),
      ...keysDiffer(`texts.${language}.bands`, words.bands, ids(scales.filter(({ bands }) => bands.length > 0))),
      ...keysDiffer(`texts.${language}.riskRules`, words.riskRules, ids(riskRules)),
    ])
  },
}

const forbiddenWords = /诊断|确诊|患有|正常|健康|安全|无风险|没有风险|diagnos|normal|healthy|no risk|not at risk|\bsafe\b/i
export const wordsNeverDiagnose: Law = {
  law: 'words of bands and rules never diagnose and never reassure',
  findings: ({ texts }) =>
    Object.entries(texts).flatMap(([language, { bands, riskRules }]) =>
      [
        ...Object.entries(bands).flatMap(([scale, said]) => Object.entries(said).map(([id, text]) => [`bands.${scale}.${id}`, text])),
        ...Object.entries(riskRules).map(([id, text]) => [`riskRules.${id}`, text]),
      ]
        .filter(([, text]) => forbiddenWords.test(text!))
        .map(([place, text]) => found(`texts.${language}.${place}`, `says "${forbiddenWords.exec(text!)![0]}"`)),
    ),
}
