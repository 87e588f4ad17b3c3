import { answered, server } from '../server.ts'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { wavesListed } from '../studies/waves-listed.ts'

/** The wave's name in its protocol; its id until that is known. */
export const useWaveName = (studyId: string, wave: string): string => {
  const { pick } = useSpeech()
  const studies = useRequest(() => answered(server.GET('/api/v1/studies')), [])
  if (studies.kind !== 'ready') return wave
  const label = studies.value.studies
    .filter((study) => study.id === studyId)
    .flatMap(wavesListed)
    .find((known) => known.id === wave)?.label
  return label ? pick(label) : wave
}
