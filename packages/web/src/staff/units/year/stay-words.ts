// How a stay in a class ended, in words.
import type { Say } from '../../shell/speech.tsx'
import type { CaseDetail } from '../../wire.ts'

type Stay = Pick<CaseDetail['whereabouts'][number], 'came' | 'cameFrom' | 'went' | 'wentTo'>

export const wentWords = (say: Say, { went, wentTo }: Stay): string => {
  if (went === null) return say('stay.here')
  return went === 'transferred' && wentTo !== null ? say('stay.transferredTo', { name: wentTo }) : say(`stay.${went}`)
}

export const cameWords = (say: Say, { came, cameFrom }: Stay): string =>
  came === 'transferred' && cameFrom !== null ? say('stay.transferredFrom', { name: cameFrom }) : say(`stay.${came}`)
