import type { Dataset } from '../dataset/read-dataset.ts'
import type { Warning } from '../result.ts'
import { methods } from './methods.ts'
import { outcome } from './outcome.ts'
import { movedPupils } from './pairs.ts'
import type { EffectReport, Flow } from './record.ts'

export type ReportOptions = { readonly codeVersion: string; readonly generatedOn: string; readonly level?: number }

const flowOf = ({ manifest, rows }: Dataset): readonly Flow[] =>
  manifest.arms.flatMap(({ id: arm }) =>
    manifest.waves.map(({ id: wave }) => {
      const members = rows.filter((row) => row.arm === arm && row.wave === wave)
      return { arm, wave, schools: new Set(members.map((row) => row.school)).size, participants: members.length }
    }),
  )

const fewSchools = 20
const smallArm = 10

/** What a reader must know about the whole study before any number. */
const studyWarnings = (dataset: Dataset, flow: readonly Flow[]): readonly Warning[] => {
  const { baselineWave, wave } = dataset.manifest.primary
  const compared = flow.filter((cell) => cell.wave === baselineWave || cell.wave === wave)
  const arms = new Set(dataset.manifest.arms.map(({ id }) => id))
  const said: readonly (readonly [boolean, Warning])[] = [
    [new Set(dataset.rows.map((row) => row.school)).size < fewSchools, 'few-schools'],
    [compared.some(({ schools }) => schools === 1), 'one-school-in-an-arm'],
    [compared.some(({ participants }) => participants < smallArm), 'small-arm'],
    [dataset.rows.some((row) => !arms.has(row.arm ?? '')), 'unallocated-pupils'],
    [movedPupils(dataset) > 0, 'moved-pupils'],
  ]
  return said.flatMap(([holds, warning]) => (holds ? [warning] : []))
}

const designOf = ({ manifest }: Dataset, level: number) => {
  const arms = manifest.arms.map(({ id }) => id)
  const control = manifest.arms.find((arm) => arm.control)?.id
  if (!control || arms.length < 2)
    throw new Error(`manifest.json: arms: an effect needs a control arm and another, found ${arms.join(', ') || 'none'}`)
  return { arms, control, programmes: arms.filter((arm) => arm !== control), level }
}

/**
 * The effect of a school-allocated programme on the primary and each secondary scale, as plain data ready for report.json.
 * Between arms: post score on arm and baseline in a random-intercept model with Kenward-Roger df; within arms: paired change; reliability at baseline; what is missing.
 * Pupils with both scores enter (complete cases). Not for individually allocated trials, not for binary outcomes, never a statement about one child.
 * @param dataset from readDataset; @param options codeVersion of the software and generatedOn (a date) for the trace, level of all intervals (0.95)
 * @returns a JSON-serialisable record; what the data cannot answer is { kind: 'not-estimable', reason }. Throws without a control arm.
 * Source: the methods listed in the record, each with its DOI. Example: effectReport(dataset, { codeVersion: '0.1.0', generatedOn: '2026-03-01' }).primary.effect
 */
export const effectReport = (dataset: Dataset, { codeVersion, generatedOn, level = 0.95 }: ReportOptions): EffectReport => {
  const { manifest } = dataset
  const design = designOf(dataset, level)
  const flow = flowOf(dataset)
  const { id, title, hash, createdOn, rows, participants, schools, deidentification } = manifest
  return {
    kind: 'tongxing-effect-report',
    version: 1,
    generatedOn,
    codeVersion,
    simulated: manifest.simulated,
    notice: manifest.notice ?? null,
    study: manifest.study,
    dataset: { id, title, hash, createdOn, codeVersion: manifest.codeVersion, rows, participants, schools, deidentification },
    instruments: manifest.instruments,
    arms: manifest.arms,
    waves: manifest.waves,
    design: { control: design.control, baselineWave: manifest.primary.baselineWave, postWave: manifest.primary.wave, level },
    methods,
    flow,
    primary: outcome(dataset, manifest.primary.scale, design),
    secondary: manifest.secondary.map(({ scale }) => outcome(dataset, scale, design)),
    warnings: studyWarnings(dataset, flow),
  }
}
