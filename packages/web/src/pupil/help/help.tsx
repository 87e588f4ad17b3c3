import type { ComponentChildren } from 'preact'
import { useSpeech } from '../speech.ts'
import { phonesIn } from './phones.ts'

const Call = ({ number, says }: { readonly number: string; readonly says: string }) => (
  <p class="call">
    <a href={`tel:${number}`}>{number}</a>
    <span>{says}</span>
  </p>
)

const Contact = ({ contact }: { readonly contact: string }) => (
  <span class="contact">
    {phonesIn(contact).map(({ text, call }) =>
      call ? (
        <a key={text} href={`tel:${call}`}>
          {text}
        </a>
      ) : (
        text
      ),
    )}
  </span>
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
          {contact && <Contact contact={contact} />}
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
