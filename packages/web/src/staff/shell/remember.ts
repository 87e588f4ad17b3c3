// The chosen language, kept on this machine. Storage may be closed to us; then the choice lasts as long as the page.
const key = 'tongxing.staff.language'

const firstChoice = (): 'zh-CN' | 'en' => (/^en\b/i.test(navigator.language) ? 'en' : 'zh-CN')

export const rememberedLanguage = (): 'zh-CN' | 'en' => {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'en' || kept === 'zh-CN' ? kept : firstChoice()
  } catch {
    return firstChoice()
  }
}

export const rememberLanguage = (language: 'zh-CN' | 'en') => {
  try {
    localStorage.setItem(key, language)
  } catch {
    // nothing is lost but the choice
  }
}
