import { useState } from 'preact/hooks'
import { callingOf } from '../participants/namesakes.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Checklist } from '../shell/checklist.tsx'
import { Choice } from '../shell/choice.tsx'
import { Confirm } from '../shell/confirm.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Field, Select } from '../shell/field.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import type { NewConsent, Notice, Participant } from '../wire.ts'
import {
  type ConsentDraft,
  consentFault,
  consentOf,
  decisions,
  forms,
  givers,
  heldDraft,
  holdDraft,
  noticeOf,
  noticesFor,
  purposes,
  relationships,
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

const sureWords = (say: Say, asked: NewConsent, pupils: readonly Participant[], party: string | null): string => {
  const count = replaced(asked, pupils, party)
  const ends = asked.purpose === 'screening' && asked.decision !== 'given'
  return [
    say('consent.sureBody', consentInWords(say, asked)),
    count > 0 && say('consent.sureReplaces', { count }),
    ends && say('consent.sureEnds'),
  ]
    .filter(Boolean)
    .join(' ')
}

type Props = {
  readonly classId: string
  readonly pupils: readonly Participant[]
  readonly onRecorded: (consent: NewConsent) => void
  readonly onClose: () => void
}

type FormProps = {
  readonly draft: ConsentDraft
  readonly onDraft: (part: Partial<ConsentDraft>) => void
  readonly published: readonly Notice[]
} & Pick<Props, 'pupils'>

/** Which text was answered: one that is published here or, while none is, one that is kept elsewhere. */
const Answered = ({ draft, onDraft, published }: Omit<FormProps, 'pupils'>) => {
  const { say, pick } = useSpeech()
  if (!draft.purpose) return null
  const fitting = noticesFor(draft, published)
  if (fitting.length === 0)
    return (
      <>
        <p class="notice">{say(draft.purpose === 'sharing' ? 'consent.needsPublished' : 'consent.nonePublished')}</p>
        {draft.purpose !== 'sharing' && <NoticeFields notice={draft.outside} onNotice={(outside) => onDraft({ outside })} />}
      </>
    )
  const label = ({ texts, party, version, current }: Notice) => {
    const title = pick({ 'zh-CN': texts['zh-CN'].title, ...(texts.en && { en: texts.en.title }) })
    const whole = [title, party, say('notices.version', { version: version ?? 0 })].filter(Boolean).join(' · ')
    return current ? whole : `${whole} (${say('notices.older')})`
  }
  const choose = { value: '', label: say('consent.chooseNotice') }
  const choices = fitting.map((notice) => ({ value: notice.id, label: label(notice) }))
  return (
    <Select
      label={say('consent.notice')}
      hint={say('consent.noticeHint')}
      value={noticeOf(draft, published)?.id ?? ''}
      onValue={(noticeId) => onDraft({ noticeId })}
      choices={fitting.length === 1 ? choices : [choose, ...choices]}
    />
  )
}

/** Who the guardian is to the pupil, and what shows the decision. */
const Ground = ({ draft, onDraft }: Pick<FormProps, 'draft' | 'onDraft'>) => {
  const { say } = useSpeech()
  if (draft.givenBy !== 'guardian') return null
  return (
    <>
      <Choice
        legend={say('consent.relationship')}
        {...(draft.relationship === 'caregiver' && { hint: say('consent.caregiverCannot') })}
        options={relationships.map((value) => ({ value, label: say(`relationship.${value}`) }))}
        value={draft.relationship}
        onValue={(relationship) => onDraft({ relationship })}
      />
      <Choice
        legend={say('consent.form')}
        hint={say('consent.formHint')}
        options={forms.map((value) => ({ value, label: say(`consent.form.${value}`) }))}
        value={draft.form}
        onValue={(form) => onDraft({ form })}
      />
      {draft.form === 'paper' && (
        <Field
          label={say('consent.place')}
          hint={say('consent.placeHint')}
          value={draft.place}
          onValue={(place) => onDraft({ place })}
          maxLength={200}
          autoComplete="off"
        />
      )}
    </>
  )
}

const ConsentFields = ({ draft, onDraft, pupils, published }: FormProps) => {
  const { say } = useSpeech()
  const call = callingOf(pupils)
  const standing = (pupil: Participant) => {
    const decision = standingOf(draft, pupil, noticeOf(draft, published)?.party ?? null)
    return decision === undefined ? null : <DecisionTag decision={decision} />
  }
  return (
    <>
      <Choice
        legend={say('consent.purpose')}
        options={purposes.map((value) => ({ value, label: say(`purpose.${value}`) }))}
        value={draft.purpose}
        onValue={(purpose) => onDraft({ purpose, noticeId: null })}
      />
      <Answered draft={draft} onDraft={onDraft} published={published} />
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
      <Ground draft={draft} onDraft={onDraft} />
      <Checklist
        legend={say('consent.pupils')}
        items={pupils.map((pupil) => ({ id: pupil.participantId, label: call(pupil.participantId), note: standing(pupil) }))}
        chosen={draft.chosen}
        onChosen={(chosen) => onDraft({ chosen })}
      />
    </>
  )
}

export const RecordConsent = ({ classId, pupils, onRecorded, onClose }: Props) => {
  const { say } = useSpeech()
  const [draft, setDraft] = useState<ConsentDraft>(heldDraft)
  const request = useRequest(() => answered(server.GET('/api/v1/classes/{classId}/notices', { params: { path: { classId } } })), [classId])
  const published = request.kind === 'ready' ? request.value.notices : []
  const [told, setTold] = useState(false)
  const [asked, setAsked] = useState<NewConsent | null>(null)
  const recording = useAction(record)
  const fault = consentFault(draft, published)
  const submit = (event: Event) => {
    event.preventDefault()
    setTold(fault !== null)
    recording.forget()
    setAsked(consentOf(draft, published))
  }
  const go = async () => {
    if (!asked || !(await recording.run(classId, asked))) return
    holdDraft(draft)
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
        <Answer to={request}>
          {({ notices }) => (
            <ConsentFields draft={draft} onDraft={(part) => setDraft({ ...draft, ...part })} pupils={pupils} published={notices} />
          )}
        </Answer>
      </form>
      {asked && (
        <Confirm
          title={say('consent.sure')}
          body={sureWords(say, asked, pupils, noticeOf(draft, published)?.party ?? null)}
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
