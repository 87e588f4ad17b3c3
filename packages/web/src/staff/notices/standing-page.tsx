// Who still stands on an older text of a notice: how many in each class, and their names on demand, which is a look that is recorded.
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Notice, NoticeStanding } from '../wire.ts'

const everything = async (noticeId: string) => {
  const path = { noticeId }
  const [notice, { classes }] = await Promise.all([
    answered(server.GET('/api/v1/notices/{noticeId}', { params: { path } })),
    answered(server.GET('/api/v1/notices/{noticeId}/standing', { params: { path } })),
  ])
  return { notice, classes }
}

const Names = ({ at, notice }: { readonly at: NoticeStanding; readonly notice: Notice }) => {
  const { say } = useSpeech()
  const { classId } = at
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/participants', { params: { path: { classId } } })),
    [classId],
  )
  return (
    <section class="section">
      <h2>{say('standing.namesTitle', { class: `${at.schoolName} ${at.className}` })}</h2>
      <Answer to={request}>
        {({ participants }) => (
          <ol class="list-columns">
            {participants
              .filter(({ consent }) => consent !== null && consent.older.indexOf(notice.purpose) >= 0)
              .map(({ participantId, name }) => (
                <li key={participantId}>{name}</li>
              ))}
          </ol>
        )}
      </Answer>
    </section>
  )
}

const Counts = ({ notice, classes }: { readonly notice: Notice; readonly classes: readonly NoticeStanding[] }) => {
  const { say } = useSpeech()
  const [shown, setShown] = useState<NoticeStanding | null>(null)
  const total = classes.reduce((sum, { older }) => sum + older, 0)
  const heads = ['school', 'class', 'pupils', 'onThis', 'older', 'none', 'against', 'names'] as const
  return (
    <>
      <p class="standing-total">
        <strong>{total === 0 ? say('standing.nobody') : say('standing.total', { count: total })}</strong>
      </p>
      <Table caption={say('standing.title')} heads={heads.map((head) => say(`standing.${head}`))}>
        {classes.map((at) => (
          <tr key={at.classId}>
            <td>{at.schoolName}</td>
            <th scope="row">
              <a href={`/classes/${at.classId}`}>{at.className}</a>
            </th>
            {([at.pupils, at.onThis, at.older, at.none, at.against] as const).map((count, place) => (
              <td key={place} class="number">
                {count}
              </td>
            ))}
            <td class="cell-deed">
              {at.older > 0 && (
                <button type="button" class="plain-button no-print" onClick={() => setShown(at)}>
                  {say('standing.names')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {shown && <Names key={shown.classId} at={shown} notice={notice} />}
    </>
  )
}

export const StandingPage = () => {
  const { id = '' } = useRoute().params
  const { say } = useSpeech()
  const request = useRequest(() => everything(id), [id])
  const notice = request.kind === 'ready' ? request.value.notice : null
  const heading = notice && `${notice.texts['zh-CN'].title} · ${say('notices.version', { version: notice.version ?? 0 })}`
  const actions = (
    <button type="button" class="button" onClick={() => print()}>
      {say('notices.print')}
    </button>
  )
  return (
    <Page
      title={say('standing.title')}
      heading={heading ?? say('standing.title')}
      lead={say('standing.lead')}
      trail={[
        { label: say('notices.title'), href: '/notices' },
        { label: heading ?? '…', href: `/notices/${id}` },
      ]}
      actions={actions}
    >
      <Answer to={request}>{(found) => <Counts {...found} />}</Answer>
    </Page>
  )
}
