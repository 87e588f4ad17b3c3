import { useStaff } from '../staff.ts'
import { useSpeech } from './speech.tsx'

/** On a piece of paper that is cut from its page, and the page's banner with it. */
export const Simulated = () => {
  const { say } = useSpeech()
  return useStaff().me.demo ? <p class="seat-card-simulated">{say('shell.simulated')}</p> : null
}
