import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Choice } from '../shell/choice.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'

const publish = (noticeId: string, renews: boolean | undefined) =>
  answered(
    server.POST('/api/v1/notices/{noticeId}/publish', { params: { path: { noticeId } }, body: renews === undefined ? {} : { renews } }),
  )

type Props = { readonly noticeId: string; readonly first: boolean; readonly onPublished: () => void; readonly onClose: () => void }

/** Whether a change is material is a decision of its own: nothing is chosen beforehand. A first text changes nothing. */
export const PublishNotice = ({ noticeId, first, onPublished, onClose }: Props) => {
  const { say } = useSpeech()
  const [renews, setRenews] = useState<'no' | 'yes' | null>(null)
  const publishing = useAction(publish)
  const missing = useMissing(first || renews !== null ? null : say('notices.renewsFirst'))
  const go = async () => {
    if (missing.isWhole() && (await publishing.run(noticeId, first ? undefined : renews === 'yes'))) onPublished()
  }
  const actions = (
    <>
      <Missing said={missing.said} />
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="button" class="button button-primary" disabled={publishing.busy} onClick={() => void go()}>
        {say('notices.publish')}
      </button>
    </>
  )
  return (
    <Dialog title={say('notices.publishTitle')} onClose={onClose} actions={actions}>
      <div class="form">
        <p>{say('notices.publishBody')}</p>
        {!first && (
          <Choice
            legend={say('notices.renews')}
            hint={say('notices.renewsHint')}
            options={(['no', 'yes'] as const).map((value) => ({ value, label: say(`notices.renews.${value}`) }))}
            value={renews}
            onValue={setRenews}
          />
        )}
        <Refused refusal={publishing.refusal} />
      </div>
    </Dialog>
  )
}
