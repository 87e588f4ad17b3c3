/** The shape of report.json: everything that the page shows and what is needed to trace it (law 8). Plain data, no functions. */
import type { Bilingual, Manifest } from '@tongxing/instruments'
import type { Description } from '../describe.ts'
import type { HedgesG } from '../effects/hedges-g.ts'
import type { PairedT } from '../effects/paired-t.ts'
import type { WelchT } from '../effects/welch-t.ts'
import type { RandomIntercept } from '../models/random-intercept.ts'
import type { Adjustment } from '../multiplicity/adjusted-p.ts'
import type { CronbachAlpha } from '../psychometrics/cronbach-alpha.ts'
import type { Estimate, Interval, NotEstimable, Warning } from '../result.ts'
import type { CutOffPart } from './beyond-cut-off.ts'
import type { Imputation } from './imputation.ts'
import type { Method } from './methods.ts'
import type { AttritionPart } from './sections/attrition.ts'
import type { BaselinePart } from './sections/baseline.ts'
import type { CarelessPart } from './sections/careless.ts'
import type { ChangePart } from './sections/change.ts'
import type { Dose } from './sections/dose.ts'
import type { EffectSizes } from './sections/effect-sizes.ts'
import type { EquivalencePart } from './sections/equivalence.ts'
import type { FlowPart } from './sections/flow.ts'
import type { Individuals } from './sections/individuals.ts'
import type { MissingPart } from './sections/missing.ts'
import type { AdjustedOutcome } from './sections/outcomes.ts'
import type { PlanPart } from './sections/plan.ts'
import type { PrimaryEffect } from './sections/primary-effect.ts'
import type { ReliabilityPart } from './sections/reliability.ts'
import type { Subgroup } from './sections/subgroups.ts'
import type { Verdict } from './sections/verdict.ts'
import type { WavesPart } from './sections/waves.ts'

export type ScoreSummary = Description & { readonly arm: string; readonly wave: string; readonly interval: Interval | null }
export type Missing = {
  readonly arm: string
  readonly participants: number
  readonly both: number
  readonly baselineOnly: number
  readonly postOnly: number
  readonly neither: number
}
export type StandardisedEffect = {
  readonly kind: 'estimated'
  readonly estimate: number
  readonly interval: Interval
  readonly standardDeviation: number
  readonly standardisedBy: 'pooled-baseline-standard-deviation'
}
export type AdjustedEffect = Estimate & {
  readonly kind: 'estimated'
  readonly method: 'random-intercept-reml-kenward-roger'
  readonly n: number
  readonly schools: number
  readonly intraclassCorrelation: number
}

/** One programme arm against the control arm. `naive` is what ignoring schools would have said: for comparison only. */
export type Contrast = {
  readonly arm: string
  readonly against: string
  readonly effect: AdjustedEffect | NotEstimable
  readonly standardised: StandardisedEffect | NotEstimable
  readonly naive: { readonly welch: WelchT | NotEstimable; readonly hedgesG: HedgesG | NotEstimable }
}

/** The change of the pupils of one arm who have both scores, and their means at both waves. */
export type ArmChange = {
  readonly arm: string
  readonly baseline: Description & { readonly interval: Interval | null }
  readonly post: Description & { readonly interval: Interval | null }
  readonly result: PairedT | NotEstimable
}

export type Outcome = {
  readonly scale: string
  readonly label: Bilingual
  readonly instrument: { readonly id: string; readonly version: string }
  readonly direction: 'higher-is-worse' | 'higher-is-better'
  readonly range: { readonly from: number; readonly to: number } | null
  readonly scores: readonly ScoreSummary[]
  readonly missing: readonly Missing[]
  readonly change: readonly ArmChange[]
  readonly model: RandomIntercept | NotEstimable
  /** the first contrast's effect: the answer to the study's question */
  readonly effect: AdjustedEffect | NotEstimable
  readonly contrasts: readonly Contrast[]
  readonly reliability: CronbachAlpha | NotEstimable
  readonly warnings: readonly Warning[]
}

export type Flow = { readonly arm: string; readonly wave: string; readonly schools: number; readonly participants: number }

export type EffectReport = {
  readonly kind: 'tongxing-effect-report'
  readonly version: 2
  readonly generatedOn: string
  readonly codeVersion: string
  readonly simulated: boolean
  readonly notice: Bilingual | null
  readonly study: Manifest['study']
  readonly dataset: {
    readonly id: string
    readonly title: Bilingual
    readonly hash: string
    readonly createdOn: string
    readonly codeVersion: string
    readonly rows: number
    readonly participants: number
    readonly schools: number
    readonly deidentification: readonly Bilingual[]
  }
  readonly instruments: Manifest['instruments']
  readonly arms: Manifest['arms']
  readonly waves: Manifest['waves']
  readonly design: {
    readonly control: string
    readonly baselineWave: string
    readonly postWave: string
    readonly level: number
    readonly minimumCell: number
    readonly multiplicity: Adjustment
    readonly covariates: readonly string[]
  }
  readonly covariateLabels: Readonly<Record<string, Bilingual>>
  readonly methods: readonly Method[]
  readonly flow: readonly Flow[]
  readonly primary: Outcome
  readonly secondary: readonly Outcome[]
  readonly plan: PlanPart | null
  readonly consort: FlowPart
  readonly baseline: BaselinePart
  readonly attrition: AttritionPart
  readonly reliability: readonly ReliabilityPart[]
  readonly primaryEffects: readonly PrimaryEffect[]
  readonly effectSizes: readonly EffectSizes[]
  readonly change: readonly ChangePart[]
  readonly individuals: Individuals | NotEstimable
  readonly course: WavesPart
  readonly adjusted: readonly AdjustedOutcome[]
  readonly subgroups: readonly Subgroup[]
  readonly missingData: MissingPart
  /** null where no plan asks for it */
  readonly imputation: Imputation | NotEstimable | null
  readonly careless: CarelessPart | null
  readonly equivalence: EquivalencePart | null
  readonly aboveCutOff: CutOffPart | null
  readonly verdict: Verdict | null
  readonly dose: Dose | null
  readonly warnings: readonly Warning[]
}
