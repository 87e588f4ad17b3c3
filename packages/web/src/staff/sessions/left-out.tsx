import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'

/** The pupils whom an instrument is not for, by name; looked at only when somebody asks. */
export const LeftOut = ({ sessionId, onClose }: { readonly sessionId: string; readonly onClose: () => void }) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/sessions/{sessionId}/left-out', { params: { path: { sessionId } } })),
    [sessionId],
  )
  const close = (
    <button type="button" class="button" onClick={onClose}>
      {say('shell.close')}
    </button>
  )
  return (
    <Dialog title={say('ready.leftOutTitle')} onClose={onClose} actions={close}>
      <p class="muted">{say('ready.leftOutHint')}</p>
      <Answer to={request}>
        {({ pupils }) => (
          <ul>
            {pupils.map(({ participantId, name, age, instruments }) => (
              <li key={participantId}>
                {name} · {say('ready.age', { age })} <span class="muted">{instruments.join(', ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Dialog>
  )
}
