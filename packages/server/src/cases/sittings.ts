// How a sheet was answered, beside its scores: for the eye of the counsellor, read by nothing that raises, ranks or closes a flag.
import { isKeyedBothWays } from '@tongxing/instruments'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { StoredQuality } from '../sessions/quality.ts'
import type { sheetsOfParticipant } from './queries.ts'
import type { sittingShape } from './shapes.ts'

export const sittingsOut = (context: Context, sheets: Awaited<ReturnType<typeof sheetsOfParticipant>>): z.infer<typeof sittingShape>[] =>
  sheets.flatMap(({ wave, finishedAt, quality }) => {
    const { aids, sheets: parts } = (quality as StoredQuality | null) ?? { aids: [], sheets: [] } // as sessions/intake.ts wrote it
    return parts.map(({ instrument, version, times: _, variability: __, ...indices }) => {
      const definition = context.library.get(instrument, version)
      return {
        instrument: definition?.acronym ?? instrument,
        wave,
        at: finishedAt.toISOString(),
        aids: [...aids],
        ...indices,
        bothWays: definition !== undefined && isKeyedBothWays(definition),
      }
    })
  })
