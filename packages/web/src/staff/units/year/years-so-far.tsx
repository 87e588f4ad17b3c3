import { useState } from 'preact/hooks'
import { answered, server } from '../../server.ts'
import { Confirm } from '../../shell/confirm.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { useAction } from '../../shell/use-action.ts'
import { clockWords } from '../../time.ts'
import type { YearState } from '../../wire.ts'

const undo = (unitId: string, label: string) =>
  answered(server.POST('/api/v1/units/{unitId}/school-year/undo', { params: { path: { unitId } }, body: { label } }))

type Props = { readonly schoolId: string; readonly state: YearState; readonly onUndone: () => void }

export const YearsSoFar = ({ schoolId, state, onUndone }: Props) => {
  const { say, language } = useSpeech()
  const [asked, setAsked] = useState<string | null>(null)
  const undoing = useAction(undo)
  const go = async () => {
    if (asked === null || !(await undoing.run(schoolId, asked))) return
    setAsked(null)
    onUndone()
  }
  if (state.years.length === 0) return null
  return (
    <section class="section">
      <h2>{say('year.history')}</h2>
      <ul class="lines">
        {state.years.map((year) => (
          <li key={year.id} class="study-line">
            <b>{year.label}</b> <span class="muted">{clockWords(year.madeAt, Date.now(), language)}</span>
            <p>{year.undoneAt === null ? say('year.sum', year.counts) : say('year.undone')}</p>
            {year.mayUndo && (
              <button type="button" class="button button-small" onClick={() => setAsked(year.label)}>
                {say('year.undo')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Confirm
          title={say('year.undoSure', { label: asked })}
          body={say('year.undoBody')}
          verb={say('year.undo')}
          danger
          busy={undoing.busy}
          refusal={undoing.refusal}
          onConfirm={() => void go()}
          onClose={() => {
            undoing.forget()
            setAsked(null)
          }}
        />
      )}
    </section>
  )
}
