import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Checklist } from '../shell/checklist.tsx'
import { Choice } from '../shell/choice.tsx'
import { Confirm } from '../shell/confirm.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { NewConsent, Participant } from '../wire.ts'
import {
  type ConsentDraft,
  consentFault,
  consentOf,
  decisions,
  givers,
  heldNotice,
  holdNotice,
  purposes,
  replaced,
  standingOf,
} from './consent-draft.ts'
import { DecisionTag } from './decision-tag.tsx'
import { NoticeFields } from './notice-fields.tsx'

const record = (classId: string, body: NewConsent) =>
  answered(server.POST('/api/v1/classes/{classId}/consents', { params: { path: { classId } }, body }))

export const consentInWords = (say: Say, { purpose, givenBy, decision, participantIds }: NewConsent) => ({
  count: participantIds.length,
  purpose: say(`purpose.${purpose}`),
  giver: say(`giver.${givenBy}`),
  decision: say(`consent.${decision}`),
})

const sureWords = (say: Say, asked: NewConsent, pupils: readonly Participant[]): string => {
  const count = replaced(asked, pupils)
  const body = say('consent.sureBody', consentInWords(say, asked))
  return count === 0 ? body : `${body} ${say('consent.sureReplaces', { count })}`
}

type Props = {
  readonly classId: string
  readonly pupils: readonly Participant[]
  readonly onRecorded: (consent: NewConsent) => void
  readonly onClose: () => void
}

type FormProps = { readonly draft: ConsentDraft; readonly onDraft: (part: Partial<ConsentDraft>) => void } & Pick<Props, 'pupils'>

const ConsentFields = ({ draft, onDraft, pupils }: FormProps) => {
  const { say } = useSpeech()
  const standing = (pupil: Participant) => {
    const decision = standingOf(draft, pupil)
    return decision === undefined ? null : <DecisionTag decision={decision} />
  }
  return (
    <>
      <Choice
        legend={say('consent.purpose')}
        options={purposes.map((value) => ({ value, label: say(`purpose.${value}`) }))}
        value={draft.purpose}
        onValue={(value) => onDraft({ purpose: value })}
      />
      <Choice
        legend={say('consent.giver')}
        hint={say('consent.giverHint')}
        options={givers.map((value) => ({ value, label: say(`giver.${value}`) }))}
        value={draft.givenBy}
        onValue={(givenBy) => onDraft({ givenBy })}
      />
      <Choice
        legend={say('consent.decision')}
        options={decisions.map((value) => ({ value, label: say(`consent.${value}`) }))}
        value={draft.decision}
        onValue={(decision) => onDraft({ decision })}
      />
      <NoticeFields notice={draft.notice} onNotice={(notice) => onDraft({ notice })} />
      <Checklist
        legend={say('consent.pupils')}
        items={pupils.map((pupil) => ({ id: pupil.participantId, label: pupil.name, note: standing(pupil) }))}
        chosen={draft.chosen}
        onChosen={(chosen) => onDraft({ chosen })}
      />
    </>
  )
}

export const RecordConsent = ({ classId, pupils, onRecorded, onClose }: Props) => {
  const { say } = useSpeech()
  const [draft, setDraft] = useState<ConsentDraft>(() => ({
    purpose: null,
    givenBy: null,
    decision: null,
    notice: heldNotice(),
    chosen: new Set(),
  }))
  const [told, setTold] = useState(false)
  const [asked, setAsked] = useState<NewConsent | null>(null)
  const recording = useAction(record)
  const fault = consentFault(draft)
  const submit = (event: Event) => {
    event.preventDefault()
    setTold(fault !== null)
    recording.forget()
    setAsked(consentOf(draft))
  }
  const go = async () => {
    if (!asked || !(await recording.run(classId, asked))) return
    holdNotice(draft.notice)
    onRecorded(asked)
  }
  const actions = (
    <>
      <p class="field-error" role="alert">
        {told && fault ? say(fault) : ''}
      </p>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="record-consent" class="button button-primary">
        {draft.chosen.size === 0 ? say('consent.sureVerb') : say('consent.submit', { count: draft.chosen.size })}
      </button>
    </>
  )
  return (
    <Dialog title={say('consent.record')} onClose={onClose} actions={actions} wide>
      <form id="record-consent" class="form" onSubmit={submit} noValidate>
        <p>{say('consent.intro')}</p>
        <ConsentFields draft={draft} onDraft={(part) => setDraft({ ...draft, ...part })} pupils={pupils} />
      </form>
      {asked && (
        <Confirm
          title={say('consent.sure')}
          body={sureWords(say, asked, pupils)}
          verb={say('consent.sureVerb')}
          busy={recording.busy}
          refusal={recording.refusal}
          onConfirm={() => void go()}
          onClose={() => setAsked(null)}
        />
      )}
    </Dialog>
  )
}
