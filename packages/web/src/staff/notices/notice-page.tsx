import { useEffect, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { dateAndTime } from '../../ui/date-and-time.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Notice } from '../wire.ts'
import type { NoticeLanguage } from './notice-draft.ts'
import { NoticeEditor } from './notice-editor.tsx'
import { NoticeSheet } from './notice-sheet.tsx'

const again = ({ schoolId, purpose, party, texts }: Notice) =>
  answered(server.POST('/api/v1/notices', { body: { schoolId, purpose, party, texts } }))

const Published = ({ notice }: { readonly notice: Notice }) => {
  const { say, language: spoken } = useSpeech()
  const { roles } = useStaff()
  const { route } = useLocation()
  const [language, setLanguage] = useState<NoticeLanguage>('zh-CN')
  const writing = useAction(again)
  useEffect(() => {
    document.body.classList.add('prints-notice')
    return () => document.body.classList.remove('prints-notice')
  }, [])
  const write = async () => {
    const made = await writing.run(notice)
    if (made) route(`/notices/${made.noticeId}`)
  }
  return (
    <>
      <p class="muted no-print">
        {say('notices.version', { version: notice.version ?? 0 })} · {say(notice.current ? 'notices.current' : 'notices.older')}
        {notice.publishedAt && ` · ${say('notices.published', { time: dateAndTime(notice.publishedAt, spoken) })}`}
        {notice.renews && ` · ${say('notices.renewed')}`}
      </p>
      <p class="button-row no-print">
        <button type="button" class="button button-primary" onClick={() => print()}>
          {say('notices.print')}
        </button>
        <a class="button" href={`/notices/${notice.id}/standing`}>
          {say('notices.standing')}
        </a>
        {roles.indexOf('administrator') >= 0 && (
          <button type="button" class="button" disabled={writing.busy} onClick={() => void write()}>
            {say('notices.another')}
          </button>
        )}
        {notice.texts.en && (
          <button type="button" class="plain-button" onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}>
            {say(`notices.language.${language === 'en' ? 'zh-CN' : 'en'}`)}
          </button>
        )}
      </p>
      <Refused refusal={writing.refusal} />
      <NoticeSheet texts={notice.texts} language={language} version={notice.version} party={notice.party} hash={notice.hash} />
    </>
  )
}

const NoticeDesk = ({ noticeId }: { readonly noticeId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/notices/{noticeId}', { params: { path: { noticeId } } })), [noticeId])
  const notice = request.kind === 'ready' ? request.value : null
  const about = notice && `${say(`purpose.${notice.purpose}`)} · ${notice.schoolName ?? say('notices.everySchool')}`
  return (
    <Page
      title={say('notices.title')}
      heading={notice?.texts['zh-CN'].title || say('notices.title')}
      lead={about ?? ''}
      trail={[{ label: say('notices.title'), href: '/notices' }]}
    >
      <Answer to={request}>
        {(found) =>
          found.state === 'draft' ? (
            <NoticeEditor notice={found} onPublished={() => request.kind === 'ready' && request.reload()} />
          ) : (
            <Published notice={found} />
          )
        }
      </Answer>
    </Page>
  )
}

export const NoticePage = () => {
  const { id = '' } = useRoute().params
  return <NoticeDesk key={id} noticeId={id} />
}
