import { useSpeech } from '../shell/speech.tsx'

/** The name of a language in which there are words of an instrument; a tag that has none stays as it is. */
export const useLanguageName = () => {
  const { say } = useSpeech()
  return (tag: string): string => (tag === 'zh-CN' || tag === 'zh-Hant' || tag === 'en' ? say(`language.${tag}`) : tag)
}
