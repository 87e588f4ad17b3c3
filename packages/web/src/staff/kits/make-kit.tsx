import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Select } from '../shell/field.tsx'
import { useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { schoolDayWords } from '../time.ts'
import type { MadeKit, Unit } from '../wire.ts'
import { saveFile } from './save-file.ts'

const make = (schoolId: string) => answered(server.POST('/api/v1/kits', { body: { schoolId } }))

/** The file and its passphrase, which nobody can ask for a second time. */
const KitOnce = ({ kit, onClose }: { readonly kit: MadeKit; readonly onClose: () => void }) => {
  const { say, language } = useSpeech()
  const until = schoolDayWords(kit.validUntil, language)
  return (
    <section class="notice notice-good">
      <p class="notice-title" role="status">
        {say('kits.made', { school: kit.schoolName })}
      </p>
      <p>{say('kits.madeCounts', { pupils: kit.pupils, accounts: kit.accounts, until })}</p>
      {!kit.administrator && <p class="notice notice-warn">{say('kits.noAdministrator')}</p>}
      <p>
        {say('kits.passphrase')}
        <strong class="passphrase kit-day">{kit.passphrase}</strong>
      </p>
      <p>{say('kits.passphraseOnce')}</p>
      <p class="button-row">
        <button type="button" class="button button-primary" onClick={() => saveFile(kit)}>
          {say('kits.save')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {say('kits.done')}
        </button>
      </p>
    </section>
  )
}

export const MakeKit = ({ schools, onMade }: { readonly schools: readonly Unit[]; readonly onMade: () => void }) => {
  const { say } = useSpeech()
  const [schoolId, setSchoolId] = useState('')
  const [kit, setKit] = useState<MadeKit | null>(null)
  const making = useAction(make)
  const missing = useMissing(schoolId === '' ? say('kits.schoolNeeded') : null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    const made = await making.run(schoolId)
    if (!made) return
    setKit(made)
    onMade()
  }
  if (kit) return <KitOnce kit={kit} onClose={() => setKit(null)} />
  return (
    <form class="form kit-form" onSubmit={submit}>
      <p class="muted">{say('kits.makeHint')}</p>
      <Select
        label={say('kits.school')}
        error={missing.said}
        value={schoolId}
        onValue={setSchoolId}
        choices={[{ value: '', label: say('kits.chooseSchool') }, ...schools.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <button type="submit" class="button button-primary" disabled={making.busy}>
        {say('kits.make')}
      </button>
      <Refused refusal={making.refusal} />
    </form>
  )
}
