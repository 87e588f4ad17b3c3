import { useSpeech } from './speech.tsx'

export const DemoBanner = () => {
  const { say } = useSpeech()
  return (
    <p class="demo-banner" role="note">
      {say('shell.demo')}
    </p>
  )
}
