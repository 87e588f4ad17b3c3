import { useEffect, useRef } from 'preact/hooks'
import type { Decided } from './decide.tsx'
import { useSpeech } from './speech.ts'
import type { Looked } from './wire.ts'

type Props = { readonly looked: Looked; readonly child: string; readonly decided: Decided; readonly onChange: () => void }

export const Done = ({ looked, child, decided, onChange }: Props) => {
  const { language, say, when } = useSpeech()
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    top.current?.focus()
    scrollTo(0, 0)
  }, [])
  return (
    <section class="card">
      <h2 ref={top} tabIndex={-1}>
        {say('done.title')}
      </h2>
      <ul class="decisions">
        {decided.answers.map(({ noticeId, decision }) => {
          const notice = looked.notices.find((one) => one.noticeId === noticeId)
          if (!notice) return null
          const { title } = (language === 'en' ? notice.texts.en : null) ?? notice.texts['zh-CN']
          return (
            <li key={noticeId}>
              <strong>
                {say(`purpose.${notice.purpose}`)}
                {notice.party !== null && ` · ${notice.party}`}
                {language === 'en' ? ': ' : '：'}
                {say(`done.${decision}`)}
              </strong>
              <span class="under">{say('done.text', { title, version: notice.version })}</span>
              <span class="under mono hash">SHA-256 {notice.hash.slice(0, 16)}…</span>
            </li>
          )
        })}
      </ul>
      <dl class="facts">
        <dt>{say('done.child')}</dt>
        <dd>
          {child} · {looked.schoolName} {looked.className}
        </dd>
        <dt>{say('done.by')}</dt>
        <dd>{decided.name}</dd>
        <dt>{say('done.at')}</dt>
        <dd>{when(decided.receipt.receivedAt)}</dd>
        <dt>{say('done.receipt')}</dt>
        <dd class="mono hash">{decided.receipt.receiptId}</dd>
      </dl>
      <p>{say('done.keep', { time: when(looked.expiresAt) })}</p>
      <p class="muted">{say('done.care')}</p>
      <div class="two no-print">
        <button type="button" class="button wide" onClick={() => print()}>
          {say('done.print')}
        </button>
        <button type="button" class="button wide" onClick={onChange}>
          {say('done.change')}
        </button>
      </div>
    </section>
  )
}
