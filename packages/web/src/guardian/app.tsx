import { useEffect, useRef, useState } from 'preact/hooks'
import { CodeForm } from './code-form.tsx'
import { Decide, type Decided } from './decide.tsx'
import { Done } from './done.tsx'
import { NoticeText } from './notice-text.tsx'
import { type Language, SpeechContext, useSpeech } from './speech.ts'
import { type Confirmed, type Looked, look } from './wire.ts'

type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'ready'; readonly looked: Looked }

const Steps = ({ token, looked }: { readonly token: string; readonly looked: Looked }) => {
  const { say, when } = useSpeech()
  const [person, setPerson] = useState<{ readonly code: string; readonly confirmed: Confirmed } | null>(null)
  const [decided, setDecided] = useState<Decided | null>(null)
  const deciding = useRef<HTMLDivElement>(null)
  /** The fragment of the address is the link itself, so that the jump leaves it alone. */
  const jump = () => {
    const field = deciding.current?.querySelector('input')
    deciding.current?.scrollIntoView()
    field?.focus({ preventScroll: true })
  }
  if (looked.notices.length === 0) return <p class="notice">{say('nothing')}</p>
  if (person && decided)
    return (
      <Done
        looked={looked}
        child={person.confirmed.name}
        decided={decided}
        onChange={() => {
          setDecided(null)
          setPerson(null)
        }}
      />
    )
  return (
    <>
      <p class="about">{say('about', { school: looked.schoolName, class: looked.className, initial: looked.initial })}</p>
      <p>{say('intro', { count: looked.notices.length })}</p>
      <p class="muted">{say('until', { time: when(looked.expiresAt) })}</p>
      <p class="no-print">
        <button type="button" class="button" onClick={jump}>
          {say('jump')}
        </button>
      </p>
      {looked.notices.map((notice) => (
        <NoticeText key={notice.noticeId} notice={notice} />
      ))}
      <div ref={deciding}>
        {person ? (
          <Decide token={token} {...person} notices={looked.notices} onDecided={setDecided} />
        ) : (
          <CodeForm token={token} onConfirmed={(code, confirmed) => setPerson({ code, confirmed })} />
        )}
      </div>
    </>
  )
}

const Asking = ({ token }: { readonly token: string }) => {
  const { say } = useSpeech()
  const [asked, setAsked] = useState<Asked>({ kind: 'asking' })
  const ask = () => {
    setAsked({ kind: 'asking' })
    look(token).then(
      (looked) => setAsked({ kind: 'ready', looked }),
      (error: Error) => setAsked({ kind: 'refused', detail: error.message }),
    )
  }
  useEffect(ask, [])
  if (asked.kind === 'asking') return <p role="status">{say('loading')}</p>
  if (asked.kind === 'ready') return <Steps token={token} looked={asked.looked} />
  return (
    <div class="notice notice-error" role="alert">
      <p>{asked.detail || say('unreachable')}</p>
      {asked.detail === '' && (
        <button type="button" class="button" onClick={ask}>
          {say('retry')}
        </button>
      )}
    </div>
  )
}

const Frame = ({ token, onLanguage }: { readonly token: string; readonly onLanguage: (language: Language) => void }) => {
  const { language, say } = useSpeech()
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${say('title')} · ${say('brand')}`
  }, [language])
  return (
    <>
      <header class="top">
        <strong>{say('brand')}</strong>
        <button
          type="button"
          class="plain-button"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => onLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {say('other')}
        </button>
      </header>
      <main>
        <h1>{say('title')}</h1>
        {token === '' ? <p class="notice notice-error">{say('noLink')}</p> : <Asking token={token} />}
      </main>
    </>
  )
}

export const App = ({ token }: { readonly token: string }) => {
  const [language, setLanguage] = useState<Language>('zh-CN')
  return (
    <SpeechContext.Provider value={language}>
      <Frame token={token} onLanguage={setLanguage} />
    </SpeechContext.Provider>
  )
}
