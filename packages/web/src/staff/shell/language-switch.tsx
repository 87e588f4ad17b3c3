import { useSpeech } from './speech.tsx'

export const LanguageSwitch = () => {
  const { language, say, speak } = useSpeech()
  const other = language === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <button type="button" class="plain-button" lang={other} title={say('shell.languageHint')} onClick={() => speak(other)}>
      {say('shell.language')}
    </button>
  )
}
