import { Page } from './page.tsx'
import { useSpeech } from './speech.tsx'

export const NotFound = () => {
  const { say } = useSpeech()
  return (
    <Page title={say('shell.notFound')} lead={say('shell.notFoundHint')}>
      <p>
        <a href="/">{say('shell.toHome')}</a>
      </p>
    </Page>
  )
}
