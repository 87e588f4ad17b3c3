import { useEffect, useMemo, useState } from 'preact/hooks'
import type { OpenSheet } from '../keep/record.ts'
import { outlineOf } from '../outline.ts'
import { stepOf } from '../sheet.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'
import { End } from './end.tsx'
import { Introduction } from './introduction.tsx'
import { Part } from './part.tsx'
import { QuestionPage } from './question-page.tsx'
import { WayOutDialog } from './way-out-dialog.tsx'

export const Sitting = ({ pupil, open }: { readonly pupil: Pupil; readonly open: OpenSheet }) => {
  const { language } = useSpeech()
  const [stopping, stop] = useState(false)
  const [declining, decline] = useState(false)
  const { seated, sheet } = open
  const outline = useMemo(() => outlineOf(seated.battery), [seated.battery])
  const step = stepOf(outline, sheet)
  const place = { seated, outline, sheet, move: pupil.move, onAids: pupil.helped, onStop: () => stop(true), onDecline: () => decline(true) }
  useEffect(() => stop(false), [sheet.at])
  if (stopping) return <WayOutDialog asks="stop" onLeave={() => pupil.handIn('stopped', language)} onGoOn={() => stop(false)} />
  if (declining) return <WayOutDialog asks="decline" onLeave={pupil.decline} onGoOn={() => decline(false)} />
  if (step.kind === 'introduction') return <Introduction {...place} />
  if (step.kind === 'part') return <Part key={sheet.at} {...place} form={step.form} />
  if (step.kind === 'questions') return <QuestionPage key={sheet.at} {...place} step={step} />
  return <End {...place} onHandIn={() => pupil.handIn('finished', language)} />
}
