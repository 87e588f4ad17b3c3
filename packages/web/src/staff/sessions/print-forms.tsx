import { useState } from 'preact/hooks'
import { useLanguageName } from '../library/language-name.ts'
import { Field } from '../shell/field.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import type { PaperDesk } from '../wire.ts'
import { seatsWanted, type Wanted } from './paper-print.ts'

const faultOf = (say: Say, wanted: Wanted) => {
  if (wanted.kind !== 'wrong') return null
  const words = { list: 'paper.printList', unknown: 'paper.printUnknown', received: 'paper.printReceived' } as const
  return say(words[wanted.why], { what: wanted.what })
}

const address = (sessionId: string, language: string, wanted: Wanted) =>
  `/api/v1/sessions/${sessionId}/paper/forms?language=${encodeURIComponent(language)}${
    wanted.kind === 'some' ? `&seats=${wanted.numbers.join(',')}` : ''
  }`

/** Forms for everybody who has not handed in, or for the seats that were typed. */
export const PrintForms = ({ sessionId, desk }: { readonly sessionId: string; readonly desk: PaperDesk }) => {
  const { say } = useSpeech()
  const [typed, setTyped] = useState('')
  const wanted = seatsWanted(desk.seats, typed)
  const fault = faultOf(say, wanted)
  const nameOf = useLanguageName()
  return (
    <div class="paper-print">
      <Field
        label={say('paper.printSeats')}
        hint={say('paper.printSeatsHint')}
        error={fault}
        value={typed}
        onValue={setTyped}
        maxLength={120}
        autoComplete="off"
        spellcheck={false}
      />
      <p class="button-row">
        {desk.languages.map((language) => (
          <a
            key={language}
            class="button"
            href={address(sessionId, language, wanted)}
            target="_blank"
            rel="noopener"
            onClick={(event) => fault && event.preventDefault()}
          >
            {say('paper.print', { language: nameOf(language) })}
          </a>
        ))}
      </p>
    </div>
  )
}
