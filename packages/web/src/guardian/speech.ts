import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type GuardianKey, guardianWords } from '../i18n/guardian.ts'
import { dateAndTime } from '../ui/date-and-time.ts'

export type Language = 'zh-CN' | 'en'
export const SpeechContext = createContext<Language>('zh-CN')

export const useSpeech = () => {
  const language = useContext(SpeechContext)
  const place = language === 'en' ? 1 : 0
  const say = (key: GuardianKey, parameters: Readonly<Record<string, string | number>> = {}): string =>
    guardianWords[key][place].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))
  const when = (time: string) => dateAndTime(time, language)
  return { language, place, say, when }
}
