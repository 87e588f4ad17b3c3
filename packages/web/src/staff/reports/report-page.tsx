import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page, type Step } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { clockWords } from '../time.ts'

export const ReportPage = () => {
  const { say, language } = useSpeech()
  const { id = '' } = useRoute().params
  const request = useRequest(() => answered(server.GET('/api/v1/reports/{reportId}', { params: { path: { reportId: id } } })), [id])
  const report = request.kind === 'ready' ? request.value : null
  const address = `/api/v1/reports/${id}/html?language=${language}`
  const trail: readonly Step[] = [
    { label: say('studies.title'), href: '/studies' },
    ...(report ? [{ label: say('study.exports'), href: `/studies/${report.studyId}` }] : []),
  ]
  const actions = (
    <>
      <a class="button" href={address} target="_blank" rel="noreferrer">
        {say('report.ownTab')}
      </a>
      <a class="button" href={`/api/v1/reports/${id}`} download={`report-${id}.json`}>
        {say('report.json')}
      </a>
    </>
  )
  return (
    <Page title={say('report.title')} lead={report && clockWords(report.createdAt, Date.now(), language)} trail={trail} actions={actions}>
      <Answer to={request}>{() => <iframe class="report-frame" src={address} sandbox="" title={say('report.frame')} />}</Answer>
    </Page>
  )
}
