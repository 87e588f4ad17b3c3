import { answered, server } from '../server.ts'
import { Empty } from '../shell/empty.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Study } from '../wire.ts'
import { DatasetCard } from './dataset-card.tsx'
import { isTrial } from './protocol.ts'

const exportDataset = (studyId: string) => answered(server.POST('/api/v1/studies/{studyId}/exports', { params: { path: { studyId } } }))

const newestFirst = <T extends { readonly createdAt: string }>(made: readonly T[]): readonly T[] =>
  [...made].sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1))

export const Datasets = ({ study, onMade }: { readonly study: Study; readonly onMade: () => void }) => {
  const { say } = useSpeech()
  const exporting = useAction(exportDataset)
  const make = async () => {
    if (await exporting.run(study.id)) onMade()
  }
  return (
    <section class="section">
      <div class="section-head">
        <h2>{say('study.exports')}</h2>
        <button type="button" class="button button-primary" disabled={exporting.busy} onClick={() => void make()}>
          {say(exporting.busy ? 'study.exporting' : 'study.export')}
        </button>
      </div>
      <p class="muted">{say('study.exportHint')}</p>
      <div role="status">{exporting.busy && <progress class="bar bar-wide" aria-label={say('study.exporting')} />}</div>
      <Refused refusal={exporting.refusal} />
      {study.exports.length === 0 && <Empty title={say('study.noExports')} />}
      {newestFirst(study.exports).map((made) => (
        <DatasetCard
          key={made.id}
          made={made}
          studyId={study.id}
          compared={isTrial(study.protocol)}
          reports={newestFirst(study.reports.filter((report) => report.exportId === made.id))}
          onMade={onMade}
        />
      ))}
    </section>
  )
}
