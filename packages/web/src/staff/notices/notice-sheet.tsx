// The notice as it is read and signed: on the screen a preview, on the printer A4 with equal room for yes and no (PRIV-04).
import { type NoticeTexts, noticeFields, noticeHeads } from '../../i18n/notice.ts'
import type { NoticeLanguage } from './notice-draft.ts'
import { noticeWords } from './words.ts'

type Props = {
  readonly texts: NoticeTexts
  readonly language: NoticeLanguage
  readonly version: number | null
  readonly party: string | null
  readonly hash: string | null
}

const Boxes = ({ words }: { readonly words: readonly string[] }) => (
  <span class="sheet-boxes">
    {words.map((word) => (
      <span key={word} class="sheet-box">
        ☐ {word}
      </span>
    ))}
  </span>
)
const Line = ({ label }: { readonly label: string }) => (
  <span class="sheet-line">
    {label} <span class="sheet-blank" />
  </span>
)

export const NoticeSheet = ({ texts, language, version, party, hash }: Props) => {
  const text = texts[language] ?? texts['zh-CN']
  const place = text === texts.en ? 1 : 0
  const word = (key: keyof typeof noticeWords): string => noticeWords[key][place]
  return (
    <article class="notice-sheet" lang={place === 1 ? 'en' : 'zh-CN'}>
      <h2>{text.title || word('notices.untitled')}</h2>
      <p class="muted">
        {version !== null && word('notices.version').replace('{version}', String(version))}
        {party !== null && ` · ${word('notices.party')}${place === 0 ? '：' : ': '}${party}`}
      </p>
      <dl>
        {noticeFields.map((field) => (
          <div key={field}>
            <dt>{noticeHeads[field][place]}</dt>
            <dd>{text.fields[field]}</dd>
          </div>
        ))}
      </dl>
      <section class="sheet-sign">
        <p>
          <Line label={word('notices.sheet.pupil')} />
          <Line label={word('notices.sheet.class')} />
        </p>
        <p>
          <strong>{word('notices.sheet.decision')}</strong>
          <Boxes words={[word('notices.sheet.yes'), word('notices.sheet.no')]} />
        </p>
        <p>
          {word('notices.sheet.relation')}
          <Boxes words={[word('notices.sheet.parent'), `${word('notices.sheet.guardian')} ________`]} />
        </p>
        <p class="sheet-small">{word('notices.sheet.caregiver')}</p>
        <p>
          <Line label={word('notices.sheet.signature')} />
          <Line label={word('notices.sheet.day')} />
        </p>
        <p>
          <strong>{word('notices.sheet.child')}</strong>
          <Boxes words={[word('notices.sheet.willing'), word('notices.sheet.unwilling')]} />
        </p>
        <p>
          <Line label={word('notices.sheet.childSignature')} />
          <Line label={word('notices.sheet.day')} />
        </p>
        {hash !== null && <p class="sheet-small mono">SHA-256 {hash}</p>}
      </section>
    </article>
  )
}
