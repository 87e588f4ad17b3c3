import { answered, server } from '../server.ts'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'

type NameOf = (wave: string, studyId?: string) => string

/** A wave's name in its protocol; its id until that is known. Without a study, the first study that has such a wave names it. */
export const useWaveNames = (): NameOf => {
  const { pick } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/studies')), [])
  const studies = request.kind === 'ready' ? request.value.studies : []
  return (wave, studyId) => {
    const among = studies.filter((study) => studyId === undefined || study.id === studyId).flatMap((study) => study.waves)
    const label = among.find((known) => known.id === wave)?.label
    return label ? pick(label) : wave
  }
}
