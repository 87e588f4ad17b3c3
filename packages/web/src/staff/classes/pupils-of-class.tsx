import { useState } from 'preact/hooks'
import { AskByLink } from '../consents/ask-by-link.tsx'
import { LinksOfClass } from '../consents/links-of-class.tsx'
import { LinksOnce } from '../consents/links-once.tsx'
import { consentInWords, RecordConsent } from '../consents/record-consent.tsx'
import { AddPupils } from '../participants/add-pupils.tsx'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { ConsentLinksMade, NewConsent } from '../wire.ts'
import { Roster } from './roster.tsx'

type Done = { readonly kind: 'added'; readonly count: number } | { readonly kind: 'recorded'; readonly consent: NewConsent }

const doneWords = (say: Say, done: Done, mayConsent: boolean) =>
  done.kind === 'added'
    ? say(mayConsent ? 'list.added' : 'list.addedTell', { count: done.count })
    : say('consent.recorded', consentInWords(say, done.consent))

type Props = { readonly classId: string; readonly mayAdd: boolean; readonly mayConsent: boolean }

/** The roster, and what may be done with it: each reading is recorded, so the forms use the one that the page has. */
export const PupilsOfClass = ({ classId, mayAdd, mayConsent }: Props) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/participants', { params: { path: { classId } } })),
    [classId],
  )
  const [doing, setDoing] = useState<'add' | 'consent' | 'link' | null>(null)
  const [text, setText] = useState('')
  const [made, setMade] = useState<ConsentLinksMade | null>(null)
  const [mark, setMark] = useState(0)
  const [done, setDone] = useState<Done | null>(null)
  const pupils = request.kind === 'ready' ? request.value.participants : null
  const asksConsent = mayConsent && pupils?.length !== 0 // an empty roster says itself what comes first
  const finish = (what: Done) => {
    setDoing(null)
    setDone(what)
    if (request.kind === 'ready') request.reload()
  }
  const close = () => setDoing(null)
  const linked = (links: ConsentLinksMade) => {
    setDoing(null)
    setMade(links)
    setMark(mark + 1)
  }
  const added = (count: number) => {
    setText('')
    finish({ kind: 'added', count })
  }
  return (
    <section class="section">
      <div class="section-head">
        <h2>{say('class.participants')}</h2>
        <div class="section-actions">
          {mayAdd && (
            <button type="button" class="button" disabled={!pupils} onClick={() => setDoing('add')}>
              {say('list.add')}
            </button>
          )}
          {mayAdd && (
            <a class="button" href={`/classes/${classId}/roster`}>
              {say('roster.open')}
            </a>
          )}
          {asksConsent && (
            <button type="button" class="button" disabled={!pupils} onClick={() => setDoing('consent')}>
              {say('consent.record')}
            </button>
          )}
          {asksConsent && (
            <button type="button" class="button" disabled={!pupils} onClick={() => setDoing('link')}>
              {say('links.ask')}
            </button>
          )}
        </div>
      </div>
      <p class="done-line" role="status">
        {done && doneWords(say, done, mayConsent)}
      </p>
      {made && <LinksOnce made={made} pupils={pupils ?? []} onHide={() => setMade(null)} />}
      <Answer to={request}>{({ participants }) => <Roster pupils={participants} mayAdd={mayAdd} />}</Answer>
      {pupils && doing === 'add' && (
        <AddPupils classId={classId} enrolled={pupils} text={text} onText={setText} onAdded={added} onClose={close} />
      )}
      {pupils && mayConsent && <LinksOfClass classId={classId} pupils={pupils} mark={mark} />}
      {pupils && doing === 'link' && <AskByLink classId={classId} pupils={pupils} onMade={linked} onClose={close} />}
      {pupils && doing === 'consent' && (
        <RecordConsent classId={classId} pupils={pupils} onRecorded={(consent) => finish({ kind: 'recorded', consent })} onClose={close} />
      )}
    </section>
  )
}
