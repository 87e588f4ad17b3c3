import { Heading } from '../frame/heading.tsx'
import { useSpeech } from '../speech.ts'
import { Help } from './help.tsx'

type Props = { readonly contact: string | null; readonly onReturn: () => void }

export const HelpPage = ({ contact, onReturn }: Props) => {
  const { say } = useSpeech()
  return (
    <section>
      <Heading>{say('help.title')}</Heading>
      <Help contact={contact} />
      <div class="actions">
        <button type="button" class="primary" onClick={onReturn}>
          {say('help.return')}
        </button>
      </div>
    </section>
  )
}
