import type { ComponentChildren } from 'preact'
import { useSpeech } from '../speech.ts'

const Call = ({ number, says }: { readonly number: string; readonly says: string }) => (
  <p class="call">
    <a href={`tel:${number}`}>{number}</a>
    <span>{says}</span>
  </p>
)

/** SAF-11: the same for everyone, whatever was answered, and part of the page itself, so it needs no network. */
export const Help = ({ contact, children }: { readonly contact: string | null; readonly children?: ComponentChildren }) => {
  const { say } = useSpeech()
  return (
    <>
      <p class="lead">{say('help.everyone')}</p>
      {children}
      <ul class="lines">
        <li>
          <strong>{say('help.school')}</strong>
          {contact && <span class="contact">{contact}</span>}
          <span>{say('help.schoolAny')}</span>
        </li>
        <li>
          <Call number="12356" says={say('help.12356')} />
        </li>
        <li>
          <Call number="12355" says={say('help.12355')} />
        </li>
        <li>
          <strong>{say('help.emergency')}</strong>
          <Call number="110" says={say('help.110')} />
          <Call number="120" says={say('help.120')} />
        </li>
      </ul>
    </>
  )
}
