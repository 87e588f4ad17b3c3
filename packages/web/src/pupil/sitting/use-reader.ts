// The device reads a question aloud, where it has a voice of its own for the language. A voice from elsewhere would be sent the words (SEC-10).
import { useEffect, useState } from 'preact/hooks'

/** Mandarin, not Cantonese; browsers write zh-CN, zh_CN, cmn-Hans-CN. */
const speaks = (voice: SpeechSynthesisVoice, language: string) =>
  voice.localService && (/^en/.test(language) ? /^en/i : /^(zh|cmn)(?!.*(hk|mo))/i).test(voice.lang)

export type Reader = {
  /** What is being read, by its place on the page. */
  readonly reading: number | null
  readonly read: (place: number, lines: readonly string[]) => void
  readonly stop: () => void
}

/** Null where there is no such voice. Stops when the page is left. */
export const useReader = (language: string): Reader | null => {
  const synthesis = window.speechSynthesis
  const [voice, choose] = useState<SpeechSynthesisVoice | null>(null)
  const [reading, setReading] = useState<number | null>(null)
  useEffect(() => {
    if (!synthesis) return
    const look = () => choose(synthesis.getVoices().find((one) => speaks(one, language)) || null)
    look()
    synthesis.onvoiceschanged = look
    return () => {
      synthesis.onvoiceschanged = null
      synthesis.cancel()
    }
  }, [language])
  if (!voice) return null
  const stop = () => {
    synthesis.cancel()
    setReading(null)
  }
  return {
    reading,
    stop,
    read: (place, lines) => {
      stop()
      setReading(place)
      lines.forEach((line, position) => {
        const utterance = new SpeechSynthesisUtterance(line)
        utterance.voice = voice
        utterance.lang = voice.lang
        if (position === lines.length - 1) utterance.onend = () => setReading((now) => (now === place ? null : now))
        synthesis.speak(utterance)
      })
    },
  }
}
