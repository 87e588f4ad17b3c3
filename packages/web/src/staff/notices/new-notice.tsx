import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { purposes } from '../consents/consent-draft.ts'
import { answered, server } from '../server.ts'
import { Choice } from '../shell/choice.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Field, Select } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Notice, NoticeDraft } from '../wire.ts'
import { blankText } from './notice-draft.ts'

const write = (body: NoticeDraft) => answered(server.POST('/api/v1/notices', { body }))

export const NewNotice = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const { route } = useLocation()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  const schools = request.kind === 'ready' ? request.value.units.filter((unit) => unit.kind === 'school') : []
  const ofCounty = me.roles.some(({ role, unitId }) => role === 'administrator' && unitId === me.county?.id)
  const places = [
    ...(ofCounty ? [{ value: '', label: say('notices.everySchool') }] : []),
    ...schools.map((school) => ({ value: school.id, label: school.name })),
  ]
  const [purpose, setPurpose] = useState<Notice['purpose'] | null>(null)
  const [party, setParty] = useState('')
  const [place, setPlace] = useState<string | null>(null)
  const schoolId = place ?? places[0]?.value ?? ''
  const writing = useAction(write)
  const fault = purpose === null ? 'notices.purposeFirst' : purpose === 'sharing' && party.trim() === '' ? 'notices.partyFirst' : null
  const missing = useMissing(fault && say(fault))
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole() || !purpose) return
    const made = await writing.run({
      schoolId: schoolId || null,
      purpose,
      party: purpose === 'sharing' ? party.trim() : null,
      texts: { 'zh-CN': blankText(), en: null },
    })
    if (made) route(`/notices/${made.noticeId}`)
  }
  const actions = (
    <>
      <Missing said={missing.said} />
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="new-notice" class="button button-primary" disabled={writing.busy || places.length === 0}>
        {say('notices.create')}
      </button>
    </>
  )
  return (
    <Dialog title={say('notices.new')} onClose={onClose} actions={actions}>
      <form id="new-notice" class="form" onSubmit={submit}>
        <Choice
          legend={say('notices.purpose')}
          options={purposes.map((value) => ({ value, label: say(`purpose.${value}`) }))}
          value={purpose}
          onValue={setPurpose}
        />
        {purpose === 'sharing' && (
          <Field
            label={say('notices.party')}
            hint={say('notices.partyHint')}
            value={party}
            onValue={setParty}
            maxLength={80}
            autoComplete="off"
          />
        )}
        <Select label={say('notices.for')} value={schoolId} onValue={setPlace} choices={places} />
        <Refused refusal={writing.refusal} />
      </form>
    </Dialog>
  )
}
