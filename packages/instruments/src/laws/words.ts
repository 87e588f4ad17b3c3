import type { Definition, Texts } from '../definition.ts'
import { found, type Law } from './law.ts'

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

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

const shownFindings = ({ items, optionSets }: Definition, language: string, words: Texts): ReturnType<Law['findings']> => [
  ...keysDiffer(`texts.${language}.items`, words.items, ids(items)),
  ...keysDiffer(`texts.${language}.options`, words.options, Object.keys(optionSets)),
  ...Object.entries(optionSets).flatMap(([set, options]) =>
    keysDiffer(`texts.${language}.options.${set}`, words.options[set] ?? {}, ids(options)),
  ),
  ...((words.stem ?? words.instructions) ? [] : [found(`texts.${language}`, 'needs a stem or instructions')]),
]

const withheldFindings = (language: string, words: Texts): ReturnType<Law['findings']> =>
  [
    ['items', Object.keys(words.items).length > 0],
    ['options', Object.keys(words.options).length > 0],
    ['stem', words.stem !== undefined],
  ].flatMap(([part, isThere]) => (isThere ? [found(`texts.${language}.${part}`, 'is withheld and must not stand here')] : []))

export const textsAreComplete: Law = {
  law: 'texts are complete in each language',
  findings: (definition) =>
    Object.entries(definition.texts).flatMap(([language, words]) => [
      ...(words.language === language ? [] : [found(`texts.${language}.language`, `must be ${language}`)]),
      ...(words.status === 'withheld' ? withheldFindings(language, words) : shownFindings(definition, language, words)),
      ...keysDiffer(`texts.${language}.scales`, words.scales, ids(definition.scales)),
      ...definition.scales.flatMap(({ id, bands }) => keysDiffer(`texts.${language}.bands.${id}`, words.bands[id] ?? {}, ids(bands))),
      ...keysDiffer(`texts.${language}.bands`, words.bands, ids(definition.scales.filter(({ bands }) => bands.length > 0))),
      ...keysDiffer(`texts.${language}.riskRules`, words.riskRules, ids(definition.riskRules)),
    ]),
}

export const languagesAreKnown: Law = {
  law: 'words stand in at least one language, and Chinese stands or is said to be needed',
  findings: ({ texts, textsNeeded = [] }) => [
    ...(Object.keys(texts).length > 0 ? [] : [found('texts', 'must stand in at least one language')]),
    ...(Object.hasOwn(texts, 'zh-CN') || textsNeeded.includes('zh-CN')
      ? []
      : [found('textsNeeded', 'must name zh-CN, which has no texts')]),
    ...textsNeeded.filter((language) => Object.hasOwn(texts, language)).map((language) => found('textsNeeded', `${language} has texts`)),
  ],
}

export const withheldNeedsPermission: Law = {
  law: 'words are withheld when and only when permission is needed',
  findings: ({ texts, licence: { wording } }) => {
    const isWithheld = Object.values(texts).map(({ status }) => status === 'withheld')
    if (wording.status === 'permission-needed')
      return isWithheld.every(Boolean) ? [] : [found('licence.wording.status', 'is permission-needed, so every text must be withheld')]
    return isWithheld.length > 0 && isWithheld.every(Boolean)
      ? [found('licence.wording.status', 'must be permission-needed, since every text is withheld')]
      : []
  },
}

export const oursAreMarked: Law = {
  law: 'what we wrote ourselves says that it is not validated',
  findings: ({ texts, validated }) => {
    const isOurs = Object.values(texts).some(({ status }) => status === 'ours')
    if (isOurs) return validated === false ? [] : [found('validated', 'must be false: its words are ours')]
    return validated === false ? [found('validated', 'is false, but no text is ours')] : []
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
