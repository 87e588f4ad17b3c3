import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Confirm } from '../shell/confirm.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Field } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Study, Trial } from '../wire.ts'
import { largestSeed, randomSeed, seedOf } from './seed.ts'

const allocate = (studyId: string, seed: number) =>
  answered(server.POST('/api/v1/studies/{studyId}/allocation', { params: { path: { studyId } }, body: { seed } }))

const proposed = () => String(randomSeed((numbers) => crypto.getRandomValues(numbers)))

type Props = {
  readonly study: Study & { readonly protocol: Trial }
  readonly onAllocated: () => void
  readonly onClose: () => void
}

export const Allocate = ({ study, onAllocated, onClose }: Props) => {
  const { say } = useSpeech()
  const [text, setText] = useState(proposed)
  const [asked, setAsked] = useState<number | null>(null)
  const allocating = useAction(allocate)
  const seed = seedOf(text)
  const numbers = { schools: study.schools.length, arms: study.protocol.arms.length }
  const submit = (event: Event) => {
    event.preventDefault()
    allocating.forget()
    setAsked(seed) // a seed that is none is told below its field, and nothing is asked
  }
  const go = async () => {
    if (asked !== null && (await allocating.run(study.id, asked))) onAllocated()
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="allocate" class="button button-primary">
        {say('allocate.verb')}
      </button>
    </>
  )
  return (
    <Dialog title={say('allocate.title')} onClose={onClose} actions={actions}>
      <form id="allocate" class="form" onSubmit={submit} noValidate>
        <p>{say('allocate.intro', numbers)}</p>
        <Field
          label={say('allocate.seed')}
          hint={say('allocate.seedHint')}
          error={seed === null ? say('allocate.seedWrong', { largest: largestSeed }) : null}
          value={text}
          onValue={setText}
          inputMode="numeric"
          autoComplete="off"
          spellcheck={false}
        />
        <button type="button" class="button button-small" onClick={() => setText(proposed())}>
          {say('allocate.another')}
        </button>
      </form>
      {asked !== null && (
        <Confirm
          title={say('allocate.sure')}
          body={say('allocate.sureBody', { ...numbers, seed: asked })}
          verb={say('allocate.verb')}
          danger
          busy={allocating.busy}
          refusal={allocating.refusal}
          onConfirm={() => void go()}
          onClose={() => setAsked(null)}
        />
      )}
    </Dialog>
  )
}
