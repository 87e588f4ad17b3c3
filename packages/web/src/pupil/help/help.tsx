import { useSpeech } from '../speech.ts'

const Call = ({ number }: { readonly number: string }) => (
  <a class="call" href={`tel:${number}`}>
    {number}
  </a>
)

/** SAF-11: the same for everyone, whatever was answered, and part of the page itself, so it needs no network. */
export const Help = ({ contact }: { readonly contact: string | null }) => {
  const { say } = useSpeech()
  return (
    <>
      <p class="lead">{say('help.everyone')}</p>
      <ul class="lines">
        <li>
          <strong>{say('help.school')}</strong>
          {contact && <span class="contact">{contact}</span>}
          <span>{say('help.schoolAny')}</span>
        </li>
        <li>
          <Call number="12356" />
          <span>{say('help.12356')}</span>
        </li>
        <li>
          <Call number="12355" />
          <span>{say('help.12355')}</span>
        </li>
        <li>
          <span>{say('help.emergency')}</span>
          <span>
            <Call number="110" /> {say('help.110')} <Call number="120" /> {say('help.120')}
          </span>
        </li>
      </ul>
    </>
  )
}
