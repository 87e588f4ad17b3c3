// The language in which the staff pages speak, and the sentence behind a key.
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { type StaffKey, staffWords } from '../../i18n/staff.ts'
import { rememberedLanguage, rememberLanguage } from './remember.ts'

export type Language = 'zh-CN' | 'en'
type Parameters = Readonly<Record<string, string | number>>
export type Say = (key: StaffKey, parameters?: Parameters) => string
export type Speech = {
  readonly language: Language
  readonly say: Say
  readonly pick: (texts: Readonly<Record<string, string>>) => string
  readonly speak: (language: Language) => void
}

const sentence = (key: StaffKey, language: Language, parameters: Parameters = {}): string =>
  staffWords[key][language === 'zh-CN' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))

/** A text that came from the server in several languages. */
const pickText = (texts: Readonly<Record<string, string>>, language: Language): string =>
  texts[language] ?? texts['zh-CN'] ?? Object.values(texts)[0] ?? ''

const SpeechContext = createContext<Speech | null>(null)

export const Speaking = ({ children }: { readonly children: ComponentChildren }) => {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  useEffect(() => {
    document.documentElement.lang = language
    rememberLanguage(language)
  }, [language])
  const speech = useMemo<Speech>(
    () => ({
      language,
      say: (key, parameters) => sentence(key, language, parameters),
      pick: (texts) => pickText(texts, language),
      speak: setLanguage,
    }),
    [language],
  )
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>
}

export const useSpeech = (): Speech => {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('useSpeech was used outside of Speaking')
  return speech
}
