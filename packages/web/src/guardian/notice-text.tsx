import { noticeFields, noticeHeads } from '../i18n/notice.ts'
import { useSpeech } from './speech.ts'
import type { Notice } from './wire.ts'

/** A notice in full, in the reader's language where it has one. */
export const NoticeText = ({ notice }: { readonly notice: Notice }) => {
  const { language, place, say } = useSpeech()
  const chosen = language === 'en' ? notice.texts.en : notice.texts['zh-CN']
  const text = chosen ?? notice.texts['zh-CN']
  return (
    <article class="notice-text" lang={chosen ? language : 'zh-CN'}>
      <h2>{text.title}</h2>
      <p class="muted">
        {say(`purpose.${notice.purpose}`)} · {say('version', { version: notice.version })}
        {notice.party !== null && ` · ${say('toParty', { party: notice.party })}`}
      </p>
      {!chosen && <p class="muted">{say('onlyChinese')}</p>}
      <dl>
        {noticeFields.map((field) => (
          <div key={field}>
            <dt>{noticeHeads[field][chosen ? place : 0]}</dt>
            <dd>{text.fields[field]}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
