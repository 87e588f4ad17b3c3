import type { SealedSheet } from '../keep/record.ts'
import type { Pupil } from '../use-pupil.ts'
import { DeliveryLine } from './delivery-line.tsx'
import { Ending } from './ending.tsx'

/** Finished or stopped, received or still on its way. */
export const Finished = ({ pupil, sealed }: { readonly pupil: Pupil; readonly sealed: SealedSheet }) => (
  <Ending pupil={pupil} seat={sealed}>
    <DeliveryLine pupil={pupil} seat={sealed.seat} />
  </Ending>
)
