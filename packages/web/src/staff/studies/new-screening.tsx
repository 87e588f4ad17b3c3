import { useState } from 'preact/hooks'
import { useLanguageName } from '../library/language-name.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Checklist } from '../shell/checklist.tsx'
import { Empty } from '../shell/empty.tsx'
import { Field, Select } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Page } from '../shell/page.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { pathOf } from '../units/tree.ts'
import type { InstrumentListed } from '../wire.ts'
import { BatteryOrder } from './battery-order.tsx'
import { InstrumentChoices } from './instrument-choices.tsx'
import { ScreeningMade } from './screening-made.tsx'
import { type Asked, keyOf, languagesOf, offered, ownSchools, sums, toggled, wishFault } from './screening-wish.ts'

const everything = async () => {
  const [{ units }, { instruments }] = await Promise.all([
    answered(server.GET('/api/v1/units')),
    answered(server.GET('/api/v1/instruments')),
  ])
  return { units, instruments }
}
type Everything = Awaited<ReturnType<typeof everything>>

type Chosen = { readonly instrument: InstrumentListed; readonly itemsPerPage: number }

/** Those that this language has, in their order: another language may have fewer. */
const chosenOf = (asked: readonly Asked[], instruments: readonly InstrumentListed[]): readonly Chosen[] =>
  asked.flatMap(({ key, itemsPerPage }) => {
    const instrument = instruments.find((known) => keyOf(known) === key)
    return instrument ? [{ instrument, itemsPerPage }] : []
  })

const create = (title: string, wave: string, language: string, chosen: readonly Chosen[], schoolIds: readonly string[]) =>
  answered(
    server.POST('/api/v1/screenings', {
      body: {
        title,
        wave,
        language,
        instruments: chosen.map(({ instrument: { id, version }, itemsPerPage }) => ({
          instrument: id,
          version,
          ...(itemsPerPage > 1 && { itemsPerPage }),
        })),
        schoolIds: [...schoolIds],
      },
    }),
  )

const Wish = ({ units, instruments }: Everything) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const schools = ownSchools(units, me.roles)
  const [title, setTitle] = useState('')
  const [wave, setWave] = useState('')
  const [language, setLanguage] = useState(languagesOf(instruments)[0] ?? 'zh-CN')
  const [asked, setAsked] = useState<readonly Asked[]>([])
  const [where, setWhere] = useState<ReadonlySet<string>>(new Set(schools.length === 1 ? [schools[0]!.id] : []))
  const creating = useAction(create)
  const [made, setMade] = useState(false)
  const chosen = chosenOf(asked, offered(instruments, language))
  const nameOf = useLanguageName()
  const fault = wishFault(title, wave, chosen.length, where.size)
  const missing = useMissing(fault && say(fault))
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    if (await creating.run(title.trim(), wave.trim(), language, chosen, [...where])) setMade(true)
  }
  if (schools.length === 0) return <Empty title={say('screening.noSchool')} />
  if (made) return <ScreeningMade title={title.trim()} schoolIds={[...where]} units={units} />
  return (
    <form class="form screening-form" onSubmit={submit}>
      <Field
        label={say('screening.title')}
        hint={say('screening.titleHint')}
        value={title}
        onValue={setTitle}
        maxLength={100}
        required
        autoComplete="off"
      />
      <Field
        label={say('screening.wave')}
        hint={say('screening.waveHint')}
        value={wave}
        onValue={setWave}
        maxLength={60}
        required
        autoComplete="off"
      />
      <Select
        label={say('screening.language')}
        hint={say('screening.languageHint')}
        value={language}
        onValue={setLanguage}
        choices={languagesOf(instruments).map((tag) => ({ value: tag, label: nameOf(tag) }))}
      />
      <InstrumentChoices
        instruments={instruments}
        language={language}
        chosen={new Set(asked.map(({ key }) => key))}
        onToggle={(key) => setAsked(toggled(asked, key))}
      />
      <BatteryOrder chosen={chosen} asked={asked} onAsked={setAsked} />
      <Checklist
        legend={say('screening.schools')}
        items={schools.map((school) => ({ id: school.id, label: pathOf(school, units) }))}
        chosen={where}
        onChosen={setWhere}
      />
      <p role="status">{say('screening.total', sums(chosen.map(({ instrument }) => instrument)))}</p>
      <p class="muted">{say('screening.fixed')}</p>
      <Missing said={missing.said} />
      <Refused refusal={creating.refusal} />
      <p class="button-row">
        <button type="submit" class="button button-primary" disabled={creating.busy}>
          {say('screening.create')}
        </button>
      </p>
    </form>
  )
}

export const NewScreening = () => {
  const { say } = useSpeech()
  const request = useRequest(everything, [])
  return (
    <Page title={say('screening.new')} lead={say('screening.lead')} trail={[{ label: say('classes.title'), href: '/classes' }]}>
      <Answer to={request}>{(found) => <Wish {...found} />}</Answer>
    </Page>
  )
}
