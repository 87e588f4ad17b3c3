import { useEffect, useMemo, useState } from 'preact/hooks'
import { aidsOf, useDisplay } from './display.ts'
import { ConfirmSeat } from './door/confirm-seat.tsx'
import { Door } from './door/door.tsx'
import { Frame } from './frame/frame.tsx'
import { DeliveryLine } from './help/delivery-line.tsx'
import { Ending } from './help/ending.tsx'
import { Finished } from './help/finished.tsx'
import { besideOf } from './keep/record.ts'
import { useProgress } from './progress.ts'
import { seatOfOpen } from './sealed.ts'
import { Sitting } from './sitting/sitting.tsx'
import { firstLanguage, type Language, SpeechContext, sayIn } from './speech.ts'
import { type Start, usePupil } from './use-pupil.ts'

export const App = ({ start }: { readonly start: Start }) => {
  const [language, speak] = useState<Language>(firstLanguage)
  const speech = useMemo(() => ({ language, say: sayIn(language) }), [language])
  const pupil = usePupil(start, speak)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const { place, languages } = pupil
  useProgress(place)
  const [display, show] = useDisplay(place.kind === 'door')
  useEffect(() => pupil.helped(aidsOf(display)), [display, place.kind])
  useEffect(() => {
    if (languages.length > 0 && !languages.includes(language)) speak(languages.includes('en') ? 'en' : 'zh-CN')
  }, [languages, language])
  return (
    <SpeechContext.Provider value={speech}>
      <Frame {...{ pupil, speak, display, show }}>
        {place.kind === 'door' && <Door pupil={pupil} ticket={place.ticket} />}
        {place.kind === 'confirm' && <ConfirmSeat pupil={pupil} open={place.open} />}
        {place.kind === 'sitting' && <Sitting pupil={pupil} open={place.open} />}
        {place.kind === 'declined' && (
          <Ending pupil={pupil} seat={seatOfOpen(place.open)}>
            <DeliveryLine pupil={pupil} seat={besideOf(place.open.seat, 'decline')} declined />
          </Ending>
        )}
        {place.kind === 'handed-in' && <Finished pupil={pupil} sealed={place.sealed} />}
      </Frame>
    </SpeechContext.Provider>
  )
}
