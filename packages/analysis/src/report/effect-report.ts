import type { Dataset } from '../dataset/read-dataset.ts'
import type { FrozenPlan } from '../plan/read-plan.ts'
import type { Warning } from '../result.ts'
import { cutOffPart } from './beyond-cut-off.ts'
import { type Context, contextOf } from './context.ts'
import { imputationPart } from './imputation.ts'
import { outcome } from './outcome.ts'
import { movedPupils } from './pupils.ts'
import type { EffectReport, Flow, Outcome } from './record.ts'
import { keyOf, reliabilityOf } from './reliability.ts'
import { attritionPart } from './sections/attrition.ts'
import { baselinePart } from './sections/baseline.ts'
import { carelessPart } from './sections/careless.ts'
import { changePart } from './sections/change.ts'
import { dosePart } from './sections/dose.ts'
import { effectSizesPart } from './sections/effect-sizes.ts'
import { equivalencePart } from './sections/equivalence.ts'
import { flowPart } from './sections/flow.ts'
import { individualsPart } from './sections/individuals.ts'
import { methodsUsed } from './sections/methods.ts'
import { missingPart } from './sections/missing.ts'
import { adjustedOutcomes } from './sections/outcomes.ts'
import { planPart } from './sections/plan.ts'
import { primaryEffects } from './sections/primary-effect.ts'
import { reliabilityPart } from './sections/reliability.ts'
import { subgroupsPart } from './sections/subgroups.ts'
import { verdictPart } from './sections/verdict.ts'
import { wavesPart } from './sections/waves.ts'

export type ReportOptions = {
  readonly codeVersion: string
  readonly generatedOn: string
  /** of all intervals where no plan says it, 0.95 */
  readonly level?: number
  readonly plan?: FrozenPlan
  /** is told the share done of the part that takes longest, the imputation of a plan */
  readonly progress?: (share: number) => void
}

const flowOf = ({ manifest, rows }: Dataset): readonly Flow[] =>
  manifest.arms.flatMap(({ id: arm }) =>
    manifest.waves.map(({ id: wave }) => {
      const members = rows.filter((row) => row.arm === arm && row.wave === wave)
      return { arm, wave, schools: new Set(members.map((row) => row.school)).size, participants: members.length }
    }),
  )

const fewSchools = 20

/** What a reader must know about the whole study before any number. */
const studyWarnings = ({ dataset, plan, arms, baselineWave, postWave }: Context, flow: readonly Flow[]): readonly Warning[] => {
  const compared = flow.filter((cell) => cell.wave === baselineWave || cell.wave === postWave)
  const said: readonly (readonly [boolean, Warning])[] = [
    [new Set(dataset.rows.map((row) => row.school)).size < fewSchools, 'few-schools'],
    [compared.some(({ schools }) => schools === 1), 'one-school-in-an-arm'],
    [compared.some(({ participants }) => participants < plan.minimumCell), 'small-arm'],
    [dataset.rows.some((row) => !arms.includes(row.arm ?? '')), 'unallocated-pupils'],
    [movedPupils(dataset.rows, { baselineWave, postWave }) > 0, 'moved-pupils'],
  ]
  return said.flatMap(([holds, warning]) => (holds ? [warning] : []))
}

/** The outcomes after the primary one: the plan's, then those of the protocol that it leaves out. */
const secondaryScales = ({ plan, dataset }: Context): readonly string[] => {
  const all = [...plan.secondary, dataset.manifest.primary, ...dataset.manifest.secondary].map(({ scale }) => scale)
  return [...new Set(all)].filter((scale) => scale !== plan.primary.scale)
}

/** How the columns that the plan's covariates became are called. */
const labelsOf = ({ covariates, dataset }: Context): EffectReport['covariateLabels'] =>
  Object.fromEntries(covariates.map(({ name, column }) => [name, dataset.codebook.columns.find((one) => one.name === column)!.label]))

/** The parts that need the outcomes, and those that do not: a section each. */
const partsOf = (
  context: Context,
  primary: Outcome,
  secondary: readonly Outcome[],
  reliability: EffectReport['reliability'],
  progress: ReportOptions['progress'],
) => ({
  plan: planPart(context),
  consort: flowPart(context),
  baseline: baselinePart(context),
  attrition: attritionPart(context),
  reliability,
  primaryEffects: primaryEffects(context),
  effectSizes: effectSizesPart(context),
  change: changePart(context),
  individuals: individualsPart(context, primary),
  course: wavesPart(context),
  adjusted: adjustedOutcomes(context, secondary),
  subgroups: subgroupsPart(context),
  missingData: missingPart(context),
  imputation: imputationPart(context, progress),
  careless: carelessPart(context),
  equivalence: equivalencePart(context, [primary, ...secondary]),
  aboveCutOff: cutOffPart(context),
  verdict: verdictPart(context, primary),
  dose: dosePart(context),
})

/**
 * A pre/post school trial as plain data ready for report.json: the effect of the programme on every outcome, and all that a reviewer asks for beside it.
 * Between arms: post score on arm, baseline and the plan's covariates in a random-intercept model with Kenward-Roger df. What the plan does not name is exploratory.
 * Not for individually allocated trials, never a statement about one child.
 * @param dataset from readDataset; @param options codeVersion of the software and generatedOn (a date) for the trace, a plan from readPlan
 * @returns a JSON-serialisable record; what the data cannot answer is { kind: 'not-estimable', reason }. Throws without a control arm, or when the plan is of another dataset.
 * Source: the methods listed in the record, each with its DOI. Example: effectReport(dataset, { codeVersion: '0.1.0', generatedOn: '2026-03-01' }).primary.effect
 */
export const effectReport = (
  dataset: Dataset,
  { codeVersion, generatedOn, level = 0.95, plan: frozen, progress }: ReportOptions,
): EffectReport => {
  const context = contextOf(dataset, frozen ?? null, level)
  const { manifest } = dataset
  const { plan } = context
  const reliability = [plan.primary.scale, ...secondaryScales(context)].map((scale) => reliabilityPart(context, scale))
  const [primary, ...secondary] = reliability.map(({ scale, alpha }) => outcome(context, scale, alpha))
  const flow = flowOf(dataset)
  const parts = partsOf(context, primary!, secondary, reliability, progress)
  const { id, title, hash, createdOn, rows, participants, schools, deidentification } = manifest
  return {
    kind: 'tongxing-effect-report',
    version: 2,
    generatedOn,
    codeVersion,
    simulated: manifest.simulated,
    notice: manifest.notice ?? null,
    study: manifest.study,
    dataset: { id, title, hash, createdOn, codeVersion: manifest.codeVersion, rows, participants, schools, deidentification },
    instruments: manifest.instruments,
    arms: manifest.arms,
    waves: manifest.waves,
    design: {
      control: context.control,
      baselineWave: context.baselineWave,
      postWave: context.postWave,
      level: context.level,
      minimumCell: plan.minimumCell,
      multiplicity: plan.multiplicity.method,
      covariates: context.covariates.map(({ name }) => name),
    },
    covariateLabels: labelsOf(context),
    methods: methodsUsed({
      primary,
      secondary,
      ...parts,
      plan: null,
      family: secondary.length > 0 ? { method: plan.multiplicity.method } : null,
    }),
    flow,
    primary: primary!,
    secondary,
    ...parts,
    warnings: studyWarnings(context, flow),
  }
}

/** The primary outcome alone, for simulations that repeat a study hundreds of times. */
export const primaryOutcome = (dataset: Dataset, frozen: FrozenPlan | null = null, level = 0.95): Outcome => {
  const context = contextOf(dataset, frozen, level)
  const { scale } = context.plan.primary
  return outcome(context, scale, reliabilityOf(dataset, keyOf(dataset.codebook, scale), context.baselineWave, context.level).alpha)
}
