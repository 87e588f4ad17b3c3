import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { Tag } from '../shell/tag.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Notice } from '../wire.ts'
import { NewNotice } from './new-notice.tsx'

const State = ({ notice }: { readonly notice: Notice }) => {
  const { say } = useSpeech()
  if (notice.state === 'draft')
    return (
      <Tag tone="info" shape="half">
        {say('notices.draft')}
      </Tag>
    )
  return notice.current ? (
    <Tag tone="good" shape="disc">
      {say('notices.current')}
    </Tag>
  ) : (
    <Tag tone="quiet" shape="bar">
      {say('notices.older')}
    </Tag>
  )
}

const Row = ({ notice }: { readonly notice: Notice }) => {
  const { say, language } = useSpeech()
  const { title } = (language === 'en' ? notice.texts.en : null) ?? notice.texts['zh-CN']
  return (
    <tr>
      <th scope="row">
        <a href={`/notices/${notice.id}`}>{title || say('notices.untitled')}</a>
        <span class="under">
          {notice.version !== null && say('notices.version', { version: notice.version })}
          {notice.renews && ` · ${say('notices.renewed')}`}
        </span>
      </th>
      <td>
        {say(`purpose.${notice.purpose}`)}
        {notice.party !== null && <span class="under">{notice.party}</span>}
      </td>
      <td>{notice.schoolName ?? say('notices.everySchool')}</td>
      <td>
        <State notice={notice} />
      </td>
    </tr>
  )
}

export const NoticesPage = () => {
  const { say } = useSpeech()
  const { roles } = useStaff()
  const keeps = roles.indexOf('administrator') >= 0
  const request = useRequest(() => answered(server.GET('/api/v1/notices')), [])
  const [writing, setWriting] = useState(false)
  const actions = keeps && (
    <button type="button" class="button button-primary" onClick={() => setWriting(true)}>
      {say('notices.new')}
    </button>
  )
  return (
    <Page title={say('notices.title')} lead={say('notices.lead')} actions={actions}>
      <Answer to={request}>
        {({ notices }) =>
          notices.length === 0 ? (
            <Empty title={say('notices.emptyTitle')} hint={say(keeps ? 'notices.emptyHint' : 'notices.emptyWait')} />
          ) : (
            <Table
              caption={say('notices.title')}
              heads={[say('notices.name'), say('notices.purpose'), say('notices.for'), say('notices.state')]}
            >
              {notices.map((notice) => (
                <Row key={notice.id} notice={notice} />
              ))}
            </Table>
          )
        }
      </Answer>
      {writing && <NewNotice onClose={() => setWriting(false)} />}
    </Page>
  )
}
