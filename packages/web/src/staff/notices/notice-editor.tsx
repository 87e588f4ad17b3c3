import { useEffect, useRef, useState } from 'preact/hooks'
import { type NoticeField, noticeFields, noticeHeads } from '../../i18n/notice.ts'
import { answered, server } from '../server.ts'
import { Field, TextArea } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Notice } from '../wire.ts'
import { lawOf } from './law.ts'
import { blankText, type Fault, faultsOf, filledText, type NoticeLanguage } from './notice-draft.ts'
import { NoticeSheet } from './notice-sheet.tsx'
import { PublishNotice } from './publish-notice.tsx'

type Texts = Notice['texts']

const save = (noticeId: string, texts: Texts) =>
  answered(server.POST('/api/v1/notices/{noticeId}/texts', { params: { path: { noticeId } }, body: { texts } })).then(() => true)

type Props = { readonly notice: Notice; readonly onPublished: () => void }
type PartsProps = {
  readonly texts: Texts
  readonly purpose: Notice['purpose']
  readonly told: readonly Fault[]
  readonly onText: (language: NoticeLanguage, field: NoticeField | 'title', words: string) => void
}

const Parts = ({ texts, told, onText }: PartsProps) => {
  const { say, language: spoken } = useSpeech()
  const place = spoken === 'en' ? 1 : 0
  const languages: readonly NoticeLanguage[] = texts.en ? ['zh-CN', 'en'] : ['zh-CN']
  const fault = (language: NoticeLanguage, field: NoticeField | 'title') => {
    const found = told.filter((one) => one.language === language && one.field === field)[0]
    return found ? say(`notices.${found.kind}`) : null
  }
  const label = (words: string, language: NoticeLanguage) => (texts.en ? `${words} · ${say(`notices.language.${language}`)}` : words)
  return (
    <div class="notice-parts">
      {languages.map((language) => (
        <Field
          key={language}
          label={label(say('notices.name'), language)}
          value={texts[language]?.title ?? ''}
          onValue={(words) => onText(language, 'title', words)}
          error={fault(language, 'title')}
          maxLength={120}
          autoComplete="off"
        />
      ))}
      {noticeFields.map((field) =>
        languages.map((language) => (
          <TextArea
            key={`${field} ${language}`}
            label={label(noticeHeads[field][place], language)}
            hint={say('notices.law', { law: lawOf(field, place) })}
            value={texts[language]?.fields[field] ?? ''}
            onValue={(words) => onText(language, field, words)}
            error={fault(language, field)}
            rows={3}
          />
        )),
      )}
    </div>
  )
}

const named = 4

/** What keeps the text from being published, with the first of the fields that it means. */
const Lacking = ({ faults }: { readonly faults: readonly Fault[] }) => {
  const { say, language } = useSpeech()
  if (faults.length === 0) return null
  const place = language === 'en' ? 1 : 0
  const fields = [...new Set(faults.map(({ field }) => (field === 'title' ? say('notices.name') : noticeHeads[field][place])))]
  const names = `${fields.slice(0, named).join(place === 1 ? ', ' : '、')}${fields.length > named ? '…' : ''}`
  return <span class="notice-lacking">{say('notices.faults', { count: faults.length, names })}</span>
}

/** A draft: every field with the article that asks for it, and the sheet as it will be read beside it. */
export const NoticeEditor = ({ notice, onPublished }: Props) => {
  const { say } = useSpeech()
  const [texts, setTexts] = useState<Texts>(notice.texts)
  const [kept, setKept] = useState<Texts>(notice.texts)
  const [told, setTold] = useState(0)
  const [publishing, setPublishing] = useState(false)
  const saving = useAction(save)
  const faults = faultsOf(texts)
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.focus({ preventScroll: true })
    wrong?.scrollIntoView({ block: 'center' }) // the bar lies over the lower edge
  }, [told])
  const changed = texts !== kept
  const put = (language: NoticeLanguage, field: NoticeField | 'title', words: string) => {
    const text = texts[language] ?? blankText()
    const next = field === 'title' ? { ...text, title: words } : { ...text, fields: { ...text.fields, [field]: words } }
    setTexts({ ...texts, [language]: next })
  }
  const fill = () =>
    setTexts({
      'zh-CN': filledText(texts['zh-CN'], notice.purpose, 'zh-CN'),
      en: texts.en && filledText(texts.en, notice.purpose, 'en'),
    })
  const keep = async () => {
    if (!(await saving.run(notice.id, texts))) return false
    setKept(texts)
    return true
  }
  const publish = async () => {
    setTold(told + 1)
    if (faults.length === 0 && (!changed || (await keep()))) setPublishing(true)
  }
  return (
    <>
      <div class="notice notice-parts-head">
        <p>{say('notices.fillHint')}</p>
        <button type="button" class="button" onClick={fill}>
          {say('notices.fill')}
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={texts.en !== null}
            onChange={(event) => setTexts({ ...texts, en: event.currentTarget.checked ? blankText() : null })}
          />
          {say('notices.english')}
        </label>
      </div>
      <div ref={form}>
        <Parts texts={texts} purpose={notice.purpose} told={told > 0 ? faults : []} onText={put} />
      </div>
      <Refused refusal={saving.refusal} />
      <div class="notice-bar">
        <p role="status">
          {changed ? say('notices.unsaved') : kept === notice.texts ? '' : say('notices.saved')}
          {told > 0 && <Lacking faults={faults} />}
        </p>
        <button type="button" class="button" disabled={saving.busy || !changed} onClick={() => void keep()}>
          {say('notices.save')}
        </button>
        <button type="button" class="button button-primary" disabled={saving.busy} onClick={() => void publish()}>
          {say('notices.publish')}
        </button>
      </div>
      <section class="section">
        <h2>{say('notices.preview')}</h2>
        <NoticeSheet texts={texts} language="zh-CN" version={null} party={notice.party} hash={null} />
        {texts.en && <NoticeSheet texts={texts} language="en" version={null} party={notice.party} hash={null} />}
      </section>
      {publishing && (
        <PublishNotice noticeId={notice.id} first={notice.first} onPublished={onPublished} onClose={() => setPublishing(false)} />
      )}
    </>
  )
}
