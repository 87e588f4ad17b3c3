import { useSpeech } from '../shell/speech.tsx'

export const LinkMissing = () => {
  const { say } = useSpeech()
  return (
    <div class="notice" role="note">
      <p class="notice-title">{say('link.missing')}</p>
      <p>{say('link.missingHint')}</p>
      <p>
        <a href="/sign-in">{say('signIn.title')}</a>
      </p>
    </div>
  )
}
