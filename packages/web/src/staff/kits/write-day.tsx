import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { WrittenDay } from '../wire.ts'
import { saveFile } from './save-file.ts'

const write = (kitId: string) => answered(server.POST('/api/v1/kits/{kitId}/days', { params: { path: { kitId } } }))

/** On the laptop: the file is saved at once, and can be saved again while the page is open. */
export const WriteDay = ({ kitId, onWritten }: { readonly kitId: string; readonly onWritten: () => void }) => {
  const { say } = useSpeech()
  const [day, setDay] = useState<WrittenDay | null>(null)
  const writing = useAction(write)
  const go = async () => {
    const written = await writing.run(kitId)
    if (!written) return
    saveFile(written)
    setDay(written)
    onWritten()
  }
  return (
    <>
      <p class="muted">{say('kits.homeHint')}</p>
      <p class="button-row">
        <button type="button" class="button button-primary" disabled={writing.busy} onClick={() => void go()}>
          {say('kits.write')}
        </button>
      </p>
      <Refused refusal={writing.refusal} />
      {day && (
        <section class="notice notice-good">
          <p role="status">{say('kits.written', { counter: day.counter, sheets: day.sheets, flags: day.flags })}</p>
          <p class="mono">{day.fileName}</p>
          <button type="button" class="button" onClick={() => saveFile(day)}>
            {say('kits.save')}
          </button>
        </section>
      )}
    </>
  )
}
