import type { Texts } from '../definition.ts'
import { found, type Law } from './law.ts'

/** Common characters that differ: the same place in both lines is the same character. None stands in the other script's own texts. */
const simplified = '们个为这来时说会对过学问题觉无关开难爱岁体点话买东让见听书长门间两业严丧丰临举义乐习乡亲伤变气惯应从'
const traditional = '們個為這來時說會對過學問題覺無關開難愛歲體點話買東讓見聽書長門間兩業嚴喪豐臨舉義樂習鄉親傷變氣慣應從'

const scriptOf = (language: string): Texts['script'] | null => {
  if (/^zh(-Hans)?(-(CN|SG))?$/.test(language)) return 'Hans'
  if (/^zh-(Hant|TW|HK|MO)/.test(language)) return 'Hant'
  return /^en(-|$)/.test(language) ? 'Latn' : null
}

const wordsIn = (words: Texts): string =>
  [words.name, words.instructions, words.stem, words.items, words.options, words.scales, words.bands, words.riskRules]
    .map((part) => JSON.stringify(part) ?? '')
    .join('')

const countOf = (text: string, characters: string) => [...text].filter((character) => characters.includes(character)).length

const charactersDiffer = (language: string, words: Texts): ReturnType<Law['findings']> => {
  if (words.script === 'Latn') return []
  const text = wordsIn(words)
  const [own, other] = words.script === 'Hans' ? [simplified, traditional] : [traditional, simplified]
  const [ours, theirs] = [countOf(text, own), countOf(text, other)]
  return theirs > ours ? [found(`texts.${language}`, `has ${theirs} characters of the other script and ${ours} of ${words.script}`)] : []
}

export const scriptMatchesTag: Law = {
  law: 'the script is that of the language tag, in the characters too',
  findings: ({ texts }) =>
    Object.entries(texts).flatMap(([language, words]) => {
      const script = scriptOf(language)
      return script !== null && script !== words.script
        ? [found(`texts.${language}.script`, `must be ${script}, not ${words.script}`)]
        : charactersDiffer(language, words)
    }),
}
