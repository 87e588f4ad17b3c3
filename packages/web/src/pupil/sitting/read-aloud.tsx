import { useSpeech } from '../speech.ts'
import type { Reader } from './use-reader.ts'

type Props = { readonly reader: Reader; readonly place: number; readonly lines: readonly string[]; readonly onRead: () => void }

export const ReadAloud = ({ reader, place, lines, onRead }: Props) => {
  const { say } = useSpeech()
  const reading = reader.reading === place
  const press = () => {
    if (reading) return reader.stop()
    reader.read(place, lines)
    onRead()
  }
  return (
    <button type="button" class="quiet read" aria-describedby={`item-${place}`} onClick={press}>
      {say(reading ? 'read.stop' : 'read.start')}
    </button>
  )
}
