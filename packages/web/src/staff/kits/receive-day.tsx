import { useRef, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { ReceivedDay } from '../wire.ts'
import { type Line, sendAll } from './pieces.ts'

const line: Line = {
  begin: (fileHash, size) => answered(server.POST('/api/v1/kit-uploads', { body: { fileHash, size } })),
  piece: (uploadId, body) => answered(server.POST('/api/v1/kit-uploads/{uploadId}/pieces', { params: { path: { uploadId } }, body })),
}

const bytesOf = (file: Blob): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer)) // what readAsArrayBuffer gives
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsArrayBuffer(file)
  })

const take = async (file: File, onSent: (sent: number) => void): Promise<ReceivedDay> => {
  const uploadId = await sendAll(await bytesOf(file), line, onSent)
  return answered(server.POST('/api/v1/kit-uploads/{uploadId}/finish', { params: { path: { uploadId } } }))
}

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)

const Report = ({ day }: { readonly day: ReceivedDay }) => {
  const { say } = useSpeech()
  return (
    <section class={day.conflictsFound > 0 ? 'notice notice-warn' : 'notice notice-good'}>
      <p class="notice-title" role="status">
        {say(day.already ? 'kits.known' : 'kits.received', { school: day.schoolName, counter: day.counter })}
      </p>
      <p>{say('kits.sheets', day.submissions)}</p>
      {day.flagsRaised > 0 && <p>{say('kits.flags', { count: day.flagsRaised })}</p>}
      {day.changedNothing && <p>{say('kits.nothingNew')}</p>}
    </section>
  )
}

export const ReceiveDay = ({ onReceived }: { readonly onReceived: () => void }) => {
  const { say } = useSpeech()
  const input = useRef<HTMLInputElement>(null)
  const [progress, setProgress] = useState<{ readonly sent: number; readonly size: number } | null>(null)
  const [day, setDay] = useState<ReceivedDay | null>(null)
  const taking = useAction(take)
  const go = async (file: File | undefined) => {
    if (!file) return
    setDay(null)
    setProgress({ sent: 0, size: file.size })
    const received = await taking.run(file, (sent) => setProgress({ sent, size: file.size }))
    setProgress(null)
    if (!received) return
    setDay(received)
    onReceived()
  }
  return (
    <>
      <p class="muted">{say('kits.receiveHint')}</p>
      <p class="button-row">
        <button type="button" class="button button-primary" disabled={taking.busy} onClick={() => input.current?.click()}>
          {say('kits.chooseFile')}
        </button>
        {progress && (
          <span role="status">
            {progress.sent < progress.size
              ? say('kits.sending', { sent: kilobytes(progress.sent), size: kilobytes(progress.size) })
              : say('kits.checking')}
          </span>
        )}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".age"
        onChange={(event) => {
          void go(event.currentTarget.files?.[0])
          event.currentTarget.value = '' // the same file may be chosen again: it goes on where it stopped
        }}
      />
      <Refused refusal={taking.refusal} />
      {day && <Report day={day} />}
    </>
  )
}
