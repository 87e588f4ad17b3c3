import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Kit } from '../wire.ts'
import { ConflictCard } from './conflict-card.tsx'
import { KitTable } from './kit-table.tsx'
import { MakeKit } from './make-kit.tsx'
import { ReceiveDay } from './receive-day.tsx'
import { WriteDay } from './write-day.tsx'

const Conflicts = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/kit-conflicts')), [])
  return (
    <section class="section">
      <h2>{say('kits.conflicts')}</h2>
      <p class="muted">{say('kits.conflictsHint')}</p>
      <Answer to={request}>
        {({ conflicts }, { reload }) =>
          conflicts.length === 0 ? (
            <Empty title={say('kits.noConflicts')} />
          ) : (
            <ul class="kit-conflicts">
              {conflicts.map((conflict) => (
                <ConflictCard key={conflict.conflictId} conflict={conflict} onDecided={reload} />
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  )
}

type OfCounty = { readonly kits: readonly Kit[]; readonly undecided: number; readonly onChanged: () => void }

/** On the county's server: what is out, what comes in, what is found on both sides. */
const CountyKits = ({ kits, undecided, onChanged }: OfCounty) => {
  const { say } = useSpeech()
  const units = useRequest(() => answered(server.GET('/api/v1/units')), [])
  return (
    <>
      <section class="section">
        <h2>{say('kits.receive')}</h2>
        <ReceiveDay onReceived={onChanged} />
      </section>
      <section class="section">
        <h2>{say('kits.out')}</h2>
        {kits.length === 0 ? <Empty title={say('kits.none')} /> : <KitTable kits={kits} side="made" />}
      </section>
      {/* found anew with each day that comes in */}
      <Conflicts key={undecided} />
      <section class="section">
        <h2>{say('kits.make')}</h2>
        <Answer to={units}>
          {({ units: all }) => <MakeKit schools={all.filter(({ kind }) => kind === 'school')} onMade={onChanged} />}
        </Answer>
      </section>
    </>
  )
}

const LaptopKit = ({ kit, onWritten }: { readonly kit: Kit; readonly onWritten: () => void }) => {
  const { say } = useSpeech()
  return (
    <>
      <section class="section">
        <h2>{say('kits.home')}</h2>
        <WriteDay kitId={kit.kitId} onWritten={onWritten} />
      </section>
      <section class="section">
        <h2>{say('kits.here')}</h2>
        <KitTable kits={[kit]} side="taken" />
      </section>
    </>
  )
}

export const KitsPage = () => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const request = useRequest(() => answered(server.GET('/api/v1/kits')), [])
  const ofCounty = me.roles.some(({ role, unitId }) => role === 'administrator' && unitId === me.county?.id)
  return (
    <Page title={say('kits.title')} lead={say('kits.lead')}>
      <Answer to={request}>
        {({ kits, undecided }, { reload }) => {
          const [taken] = kits.filter(({ side }) => side === 'taken')
          if (taken) return <LaptopKit kit={taken} onWritten={reload} />
          if (ofCounty) return <CountyKits kits={kits} undecided={undecided} onChanged={reload} />
          return kits.length === 0 ? <Empty title={say('kits.none')} /> : <KitTable kits={kits} side="made" />
        }}
      </Answer>
    </Page>
  )
}
