import { useMemo } from 'preact/hooks'
import { Field, TextArea } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'
import type { OutsideNotice } from './consent-draft.ts'
import { noticeHash } from './notice-hash.ts'

type Props = { readonly notice: OutsideNotice; readonly onNotice: (notice: OutsideNotice) => void }

export const NoticeFields = ({ notice, onNotice }: Props) => {
  const { say } = useSpeech()
  const hash = useMemo(() => (notice.text.trim() === '' ? null : noticeHash(notice.text)), [notice.text])
  const fill = (part: Partial<OutsideNotice>) => onNotice({ ...notice, ...part })
  return (
    <div class="notice-fields">
      <Field
        label={say('consent.noticeId')}
        hint={say('consent.noticeIdHint')}
        value={notice.id}
        onValue={(id) => fill({ id })}
        maxLength={80}
        autoComplete="off"
      />
      <Field
        label={say('consent.noticeVersion')}
        hint={say('consent.noticeVersionHint')}
        value={notice.version}
        onValue={(version) => fill({ version })}
        maxLength={40}
        autoComplete="off"
      />
      <div class="notice-text">
        <TextArea
          label={say('consent.noticeText')}
          hint={say('consent.noticeTextHint')}
          value={notice.text}
          onValue={(text) => fill({ text })}
          rows={4}
        />
        {hash && <p class="under mono hash">{say('consent.hash', { hash })}</p>}
      </div>
    </div>
  )
}
