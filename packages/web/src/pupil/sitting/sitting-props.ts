import type { Outline } from '../outline.ts'
import type { Move, Sheet } from '../sheet.ts'
import type { Aid, Seated } from '../wire.ts'

/** What every page of a sitting is given. */
export type SittingProps = {
  readonly seated: Seated
  readonly outline: Outline
  readonly sheet: Sheet
  readonly move: (move: Move) => void
  readonly onAids: (aids: readonly Aid[]) => void
  readonly onStop: () => void
  readonly onDecline: () => void
}
