import { bcaD } from '../bootstrap/bca-d.ts'
import { type Description, describe } from '../describe.ts'
import { adjustedDifference } from '../effects/adjusted-difference.ts'
import { improvementIndex } from '../effects/improvement-index.ts'
import { pairedT } from '../effects/paired-t.ts'
import { prePostControl } from '../effects/pre-post-control.ts'
import { type ReliableChangePlan, reliableChange } from '../effects/reliable-change.ts'
import { signedRank } from '../effects/signed-rank.ts'
import { standardisedChange } from '../effects/standardised-change.ts'
import { twoProportions } from '../effects/two-proportions.ts'
import { binaryArms } from './binary-arms.ts'
import { clusteredArms } from './clustered-arms.ts'
import { twoArms } from './two-arms.ts'

/** One pupil with every value present; `pre` and `school` are there for all or for none. */
export type Pupil = {
  readonly inProgramme: boolean
  readonly post: number
  readonly pre: number | null
  readonly covariates: readonly number[]
  readonly school: string | null
}
type Asked = {
  /** of the covariates, without the baseline */
  readonly names: readonly string[]
  readonly bound: number | null
  readonly individuals: Omit<ReliableChangePlan, 'standardDeviation'> | null
  readonly bootstrap: { readonly resamples: number; readonly seed: number } | null
  readonly level: number
}

const armOf = (pupils: readonly Pupil[]) => {
  const pre = pupils.map((pupil) => pupil.pre ?? Number.NaN) // read only where every pupil has one
  return {
    pupils,
    pre,
    post: pupils.map((pupil) => pupil.post),
    change: pupils.map((pupil, k) => pupil.post - pre[k]!),
    covariates: pupils.map((pupil) => [...(pupil.pre === null ? [] : [pupil.pre]), ...pupil.covariates]),
  }
}
type Arm = ReturnType<typeof armOf>

const withinArm = ({ pre, post }: Arm, level: number) => ({
  pairedT: pairedT(pre, post, level),
  standardisedChange: standardisedChange(pre, post, level),
  signedRank: signedRank(pre, post, level),
})

const individualsIn = (arms: readonly [Arm, Arm], plan: NonNullable<Asked['individuals']>) => {
  const standardDeviation = describe([...arms[0].pre, ...arms[1].pre]).standardDeviation
  if (!standardDeviation) return null
  const [programme, control] = arms.map(({ pre, post }) => {
    const found = reliableChange(pre, post, { ...plan, standardDeviation })
    if (found.kind === 'not-estimable') return found
    const { index: _, class: __, ...counts } = found
    return counts
  })
  return { programme: programme!, control: control! }
}

const events = (values: readonly number[]) => ({ events: values.filter((value) => value === 1).length, n: values.length })
type Described = { readonly pre: Description | null; readonly post: Description }

/**
 * Two arms of a trial by everything that statistics.md asks of them: post, baseline and change between the arms, change within each, adjusted and clustered.
 * Many answers to one question: the plan says beforehand which one counts. Of clustered trials only `clustered` is an answer; the rest takes pupils for independent.
 * @param pupils with every value present; @param asked what else is wanted
 */
export const armComparison = (pupils: readonly Pupil[], { names, bound, individuals, bootstrap, level }: Asked) => {
  const arms = [armOf(pupils.filter(({ inProgramme }) => inProgramme)), armOf(pupils.filter(({ inProgramme }) => !inProgramme))] as const
  const [programme, control] = arms
  const paired = pupils.every(({ pre }) => pre !== null)
  const described = (arm: Arm): Described => ({ pre: paired ? describe(arm.pre) : null, post: describe(arm.post) })
  const allNames = [...(paired ? ['baseline'] : []), ...names]
  const post = twoArms(programme.post, control.post, bound, level)
  const adjusted =
    allNames.length > 0
      ? adjustedDifference(
          { outcome: programme.post, covariates: programme.covariates },
          { outcome: control.post, covariates: control.covariates },
          level,
        )
      : null
  const clustered = pupils.flatMap(({ school, ...pupil }) =>
    school === null
      ? []
      : [
          {
            school,
            inProgramme: pupil.inProgramme,
            post: pupil.post,
            covariates: [...(pupil.pre === null ? [] : [pupil.pre]), ...pupil.covariates],
          },
        ],
  )
  const isBinary = pupils.every((pupil) => pupil.post === 0 || pupil.post === 1)
  const g = {
    raw: post.hedgesG.kind === 'estimated' ? post.hedgesG.estimate : null,
    adjusted: adjusted?.kind === 'estimated' ? adjusted.g.estimate : null,
  }
  return {
    n: { programme: programme.post.length, control: control.post.length },
    described: { programme: described(programme), control: described(control) },
    post,
    baseline: paired ? twoArms(programme.pre, control.pre, null, level) : null,
    change: paired ? twoArms(programme.change, control.change, bound, level) : null,
    within: paired ? { programme: withinArm(programme, level), control: withinArm(control, level) } : null,
    prePostControl: paired
      ? prePostControl({ before: programme.pre, after: programme.post }, { before: control.pre, after: control.post }, level)
      : null,
    covariates: allNames,
    adjusted,
    /** percentile points of a pupil in the middle of the control arm, by the adjusted g where there is one */
    improvementIndex: g.adjusted === null && g.raw === null ? null : improvementIndex(g.adjusted ?? g.raw ?? 0),
    clustered: clustered.length > 0 ? clusteredArms(clustered, allNames, g, level) : null,
    proportions: isBinary ? twoProportions(events(programme.post), events(control.post), level) : null,
    clusteredProportions: isBinary && clustered.length > 0 ? binaryArms(clustered, allNames, level) : null,
    bootstrap: bootstrap ? bcaD(programme.post, control.post, { ...bootstrap, level }) : null,
    individuals: paired && individuals ? individualsIn(arms, individuals) : null,
  }
}
export type ArmComparison = ReturnType<typeof armComparison>
