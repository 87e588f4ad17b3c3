// What is stored of how a sheet was answered: the indices of each instrument, the times and the aids. Null for a sheet that came on paper.
import { type Answers, type ItemTimes, type SheetQuality, sheetQuality, timesOf } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { requireInstrument } from '../library/rules.ts'
import type { ScoredSheet } from './intake.ts'
import type { BatteryEntry } from './queries.ts'
import type { Aid } from './sitting.ts'
import type { SubmissionBody } from './submission.ts'

export type StoredQuality = {
  readonly aids: readonly Aid[]
  readonly sheets: readonly (BatteryEntry & SheetQuality & { readonly times: ItemTimes })[]
}

export const qualityOf = (library: Library, scored: readonly ScoredSheet[], { aids = [], sheets }: SubmissionBody): StoredQuality => ({
  aids,
  sheets: scored.map(({ instrument, version, answers }) => {
    const definition = requireInstrument(library, instrument, version)
    const given = sheets.find((sheet) => sheet.instrument === instrument && sheet.version === version)
    const times = timesOf(definition, given?.times ?? {})
    return { instrument, version, ...sheetQuality(definition, answers as Answers, times), times } // scoreSubmission checked the answers
  }),
})
