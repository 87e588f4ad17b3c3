// The language of the pupil's page, and the sentence behind a key.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type PupilKey, pupilWords } from '../i18n/pupil.ts'

export type Language = 'zh-CN' | 'en'
export type Say = (key: PupilKey, parameters?: Readonly<Record<string, string | number>>) => string

export const sayIn =
  (language: Language): Say =>
  (key, parameters = {}) =>
    pupilWords[key][language === 'zh-CN' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))

export const SpeechContext = createContext<{ readonly language: Language; readonly say: Say }>({
  language: 'zh-CN',
  say: sayIn('zh-CN'),
})
export const useSpeech = () => useContext(SpeechContext)

export const firstLanguage = (): Language => (/^en\b/i.test(navigator.language) ? 'en' : 'zh-CN')

/** Instruments bring their own words; one without this language is shown in the first it has. */
export const textsIn = <T>(texts: Readonly<Record<string, T>>, language: Language): T | undefined =>
  texts[language] ?? Object.values(texts)[0]
