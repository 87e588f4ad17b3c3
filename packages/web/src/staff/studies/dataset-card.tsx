import { useLocation } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { clockWords } from '../time.ts'
import type { Study } from '../wire.ts'

const makeReport = (studyId: string, exportId: string) =>
  answered(server.POST('/api/v1/studies/{studyId}/reports', { params: { path: { studyId } }, body: { exportId } }))

const files = ['manifest.json', 'data.csv', 'codebook.json'] as const

type Props = {
  readonly made: Study['exports'][number]
  readonly studyId: string
  /** Has arms, so that a report can say how they differ. */
  readonly compared: boolean
  readonly reports: readonly Study['reports'][number][]
  readonly onMade: () => void
}

type FileName = (typeof files)[number]

/** Fetched first, so that a refusal is read on the page and not saved under the file's name. */
const save = async (exportId: string, name: FileName) => {
  const params = { path: { exportId, name } }
  const text = await answered<string>(server.GET('/api/v1/exports/{exportId}/files/{name}', { params, parseAs: 'text' }))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text]))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}

const Files = ({ exportId }: { readonly exportId: string }) => {
  const saving = useAction(save)
  return (
    <>
      {files.map((name) => (
        <button
          key={name}
          type="button"
          class="plain-button part mono"
          disabled={saving.busy}
          onClick={() => void saving.run(exportId, name)}
        >
          {name}
        </button>
      ))}
      <Refused refusal={saving.refusal} />
    </>
  )
}

const Reports = ({ reports }: Pick<Props, 'reports'>) => {
  const { say, language } = useSpeech()
  return (
    <>
      {reports.map((report) => (
        <a key={report.id} class="part" href={`/reports/${report.id}`}>
          {say('study.openReport', { at: clockWords(report.createdAt, Date.now(), language) })}
        </a>
      ))}
    </>
  )
}

export const DatasetCard = ({ made, studyId, compared, reports }: Props) => {
  const { say, language } = useSpeech()
  const { route } = useLocation()
  const reporting = useAction(makeReport)
  const make = async () => {
    const report = await reporting.run(studyId, made.id)
    if (report) route(`/reports/${report.id}`)
  }
  return (
    <article class="dataset">
      <dl class="facts facts-wide">
        <div>
          <dt>{say('study.exportedAt')}</dt>
          <dd>
            {clockWords(made.createdAt, Date.now(), language)} · {say('study.participants')} {made.participants} · {say('study.rows')}{' '}
            {made.rows}
          </dd>
        </div>
        <div>
          <dt>{say('study.hash')}</dt>
          <dd class="mono hash">{made.hash}</dd>
        </div>
        <div>
          <dt>{say('study.files')}</dt>
          <dd>
            <Files exportId={made.id} />
          </dd>
        </div>
        <div>
          <dt>{say('study.report')}</dt>
          <dd>
            <Reports reports={reports} />
            {compared ? (
              <button type="button" class="button button-small" disabled={reporting.busy} onClick={() => void make()}>
                {say(reporting.busy ? 'study.reporting' : 'study.makeReport')}
              </button>
            ) : (
              say('screening.noReport')
            )}
          </dd>
        </div>
      </dl>
      <div role="status">{reporting.busy && <progress class="bar bar-wide" aria-label={say('study.reporting')} />}</div>
      <Refused refusal={reporting.refusal} />
    </article>
  )
}
