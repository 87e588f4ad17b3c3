// What stands around every page: the name, the seat, the way to help, the other language. Help keeps the pupil's place.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Display } from '../display.ts'
import { HelpPage } from '../help/help-page.tsx'
import { seatOfOpen } from '../sealed.ts'
import { type Language, useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'
import { DisplayPanel } from './display-panel.tsx'

type Props = {
  readonly pupil: Pupil
  readonly speak: (language: Language) => void
  readonly display: Display
  readonly show: (display: Display) => void
  readonly children: ComponentChildren
}

export const Frame = ({ pupil, speak, children, ...displayed }: Props) => {
  const { language, say } = useSpeech()
  const [helping, help] = useState(false)
  const [adjusting, adjust] = useState(false)
  const { place, languages } = pupil
  const other = language === 'en' ? 'zh-CN' : 'en'
  const canSwitch = languages.length === 0 || languages.includes(other)
  const seated = place.kind === 'sitting' ? place.open.seated : null
  const seat = place.kind === 'sitting' ? seatOfOpen(place.open) : null
  return (
    <>
      {pupil.demo && (
        <p class="demo" role="note">
          {say('demo')}
        </p>
      )}
      <header class="top">
        <span class="brand">{say('brand')}</span>
        {seated && !helping && (
          <button type="button" class="quiet seat" onClick={pupil.askAgain}>
            {say('seat', { number: seated.seat.number })} <span class="wide-only">· {say('notMe')}</span>
          </button>
        )}
        <span class="space" />
        {place.kind !== 'handed-in' && !helping && (
          <button type="button" class="quiet" onClick={() => help(true)}>
            {say('needHelp')}
          </button>
        )}
        <button type="button" class="quiet" aria-expanded={adjusting} onClick={() => adjust(!adjusting)}>
          {say('display')}
        </button>
        {canSwitch && (
          <button type="button" class="quiet" lang={other} onClick={() => speak(other)}>
            {say('other')}
          </button>
        )}
      </header>
      {adjusting && <DisplayPanel {...displayed} />}
      {!pupil.safe && (
        <p class="warning" role="alert">
          {say('memoryOnly')}
        </p>
      )}
      <main class="page">{helping ? <HelpPage pupil={pupil} seat={seat} onReturn={() => help(false)} /> : children}</main>
    </>
  )
}
