/** The record of effect as tables to be read, each row named by the standard deviation that divides it. */
import type { ArmComparison } from '../comparison/arm-comparison.ts'
import type { RankSum } from '../effects/rank-sum.ts'
import type { SignedRank } from '../effects/signed-rank.ts'
import { wordsIn } from '../report/words.ts'
import type { Estimate, Interval, NotEstimable } from '../result.ts'
import type { Table } from './print.ts'
import { modelNotes } from './sentences.ts'

type Row = Table['rows'][number]
type Asked = { readonly outcome: string; readonly programme: string; readonly control: string }

const why = (found: NotEstimable) => wordsIn('en').reasons[found.reason]
const tested = (name: string, found: (Estimate & { readonly kind?: 'estimated' }) | NotEstimable): Row =>
  found.kind === 'not-estimable'
    ? [name, null, null, null, null, null, null, why(found)]
    : [name, found.estimate, found.standardError, found.df, found.p, found.interval.lower, found.interval.upper]
type Sized = { readonly kind?: 'estimated'; readonly estimate: number; readonly interval: Interval }
const sized = (name: string, by: string, found: Sized | NotEstimable): Row =>
  found.kind === 'not-estimable'
    ? [name, null, null, null, why(found)]
    : [name, found.estimate, found.interval.lower, found.interval.upper, by]

const testColumns = ['', 'estimate', 'SE', 'df', 'p', 'lower', 'upper', '']
const sizeColumns = ['', 'estimate', 'lower', 'upper', 'divided by']

const described = ({ described: arms, n }: ArmComparison, { programme, control }: Asked): Table => ({
  title: 'pupils with every value present',
  columns: ['', 'n', 'mean before', 'SD before', 'mean after', 'SD after'],
  rows: (
    [
      [programme, arms.programme, n.programme],
      [control, arms.control, n.control],
    ] as const
  ).map(([name, { pre, post }, size]) => [name, size, pre?.mean, pre?.standardDeviation, post.mean, post.standardDeviation]),
})

const clusteredTable = (clustered: NonNullable<ArmComparison['clustered']>): Table => {
  const { model, robust } = clustered
  const arm = model.kind === 'estimated' ? model.coefficients[1]! : null
  const by = (name: string, found: Omit<Estimate, 'estimate'> | null | undefined): readonly Row[] =>
    arm && found ? [tested(name, { ...found, estimate: arm.estimate })] : []
  return {
    title: `with schools counted (${clustered.schoolsByArm.programme} and ${clustered.schoolsByArm.control} schools): the result to report`,
    columns: testColumns,
    rows: [
      ...(model.kind === 'estimated' ? [] : [tested('mixed model', model)]),
      ...by('mixed model (REML, Kenward-Roger)', arm?.kenwardRoger),
      ...by('mixed model (REML, Satterthwaite)', arm?.satterthwaite),
      robust.kind === 'estimated' ? tested('least squares, CR2', robust.coefficients[1]!) : tested('least squares, CR2', robust),
      ...(
        [
          ['cluster-corrected g', clustered.clusteredG],
          ['cluster-corrected g, adjusted', clustered.clusteredAdjustedG],
        ] as const
      ).flatMap(([name, found]) => (found ? [tested(name, found)] : [])),
    ],
  }
}

const sizes = ({ post, change, bootstrap, prePostControl: ppc, adjusted, clustered, within }: ArmComparison): Table => ({
  title: 'standardised effects',
  columns: sizeColumns,
  rows: [
    ...(clustered?.standardised ? [sized('mixed model', 'total SD after, schools included', clustered.standardised)] : []),
    sized("Hedges' g after", 'pooled SD after', post.hedgesG),
    sized("Cohen's d after", 'pooled SD after', post.cohensD),
    ...(bootstrap ? [sized("Cohen's d after, BCa bootstrap", 'pooled SD after', bootstrap)] : []),
    sized("Glass's delta after", 'SD of the control arm after', post.glassDelta),
    ...(adjusted?.kind === 'estimated' ? [sized('g, adjusted', 'pooled SD after', adjusted.g)] : []),
    ...(change ? [sized("Hedges' g of change", 'pooled SD of change', change.hedgesG)] : []),
    ...(ppc?.kind === 'estimated'
      ? [
          sized('d_ppc1', "each arm's own SD before", ppc.ppc1),
          sized('d_ppc2', 'pooled SD before', ppc.ppc2),
          sized('d_ppc3', 'pooled SD of before and after', ppc.ppc3),
        ]
      : []),
    ...(within ? (['programme', 'control'] as const).flatMap((arm) => changeSizes(arm, within[arm].standardisedChange)) : []),
  ],
})

type Within = NonNullable<ArmComparison['within']>['programme']
const changeSizes = (arm: string, found: Within['standardisedChange']): readonly Row[] =>
  found.kind === 'not-estimable'
    ? [sized(`change in the ${arm} arm`, '', found)]
    : [
        sized(`d_z of the ${arm} arm`, 'SD of change', found.dz),
        sized(`d_rm of the ${arm} arm`, 'SD of change / √(2(1 − r))', found.drm),
        sized(`d_av of the ${arm} arm`, 'mean of SD before and after', found.dav),
        sized(`Becker's d of the ${arm} arm`, 'SD before', found.dBefore),
      ]

const between = ({ post, change, adjusted, within, clustered }: ArmComparison, { outcome }: Asked): Table => ({
  title: `${clustered ? 'as if pupils were independent, which they are not' : 'differences'} in points of ${outcome}`,
  columns: testColumns,
  rows: [
    tested('after (Welch)', post.welch),
    tested('after (Student)', post.student),
    ...(change ? [tested('change (Welch)', change.welch)] : []),
    ...(adjusted ? [tested('after, adjusted (ANCOVA)', adjusted)] : []),
    ...(within
      ? [tested('change in the programme arm', within.programme.pairedT), tested('change in the control arm', within.control.pairedT)]
      : []),
  ],
})

const rankRow = (name: string, found: RankSum | SignedRank): Row => {
  const { statistic, p, method, shift } = found
  const size = 'superiority' in found ? found.superiority : found.rankBiserial
  return [
    name,
    statistic,
    p,
    method.endsWith('exact') ? 'exact' : 'approximate',
    size,
    shift.estimate,
    shift.interval.lower,
    shift.interval.upper,
  ]
}

const ranked = ({ post, within }: ArmComparison): Table => ({
  title: 'rank tests; their size is the probability of superiority, or the rank-biserial correlation, and the shift is in points',
  columns: ['', 'statistic', 'p', '', 'size', 'shift', 'lower', 'upper'],
  rows: [
    ...(post.rankSum.kind === 'estimated' ? [rankRow('after, rank sum', post.rankSum)] : []),
    ...(within ? (['programme', 'control'] as const) : []).flatMap((arm): readonly Row[] => {
      const found = within![arm].signedRank
      return found.kind === 'estimated' ? [rankRow(`change in the ${arm} arm, signed rank`, found)] : []
    }),
  ],
})

const proportions = (found: ArmComparison['proportions']): readonly Table[] => {
  if (found?.kind !== 'estimated') return []
  const measures = [
    ['risk difference', found.riskDifference],
    ['risk ratio', found.riskRatio],
    ['odds ratio', found.oddsRatio],
  ] as const
  return [
    {
      title: `proportions ${found.proportions.map((value) => value.toPrecision(4)).join(' against ')}`,
      columns: ['', 'estimate', 'lower', 'upper', 'p'],
      rows: [
        ...measures.map(([name, one]): Row => [name, one?.estimate, one?.interval.lower, one?.interval.upper, one?.p]),
        ["Cox's index (log odds ratio / 1.65)", found.coxIndex?.estimate, found.coxIndex?.interval.lower, found.coxIndex?.interval.upper],
      ],
    },
  ]
}

const clusteredProportions = (found: ArmComparison['clusteredProportions']): readonly Table[] => {
  if (!found || (found.proportions.kind !== 'estimated' && !found.adjusted)) return []
  const { proportions: own, adjusted } = found
  const measures =
    own.kind === 'estimated'
      ? ([
          ['risk difference', own.riskDifference],
          ['risk ratio', own.riskRatio],
          ['odds ratio', own.oddsRatio],
        ] as const)
      : []
  return [
    {
      title: 'proportions with schools counted (CR2; ratios with the standard errors of their logarithms): the ones to report',
      columns: testColumns.slice(0, -1),
      rows: [
        ...measures.flatMap(([name, one]): readonly Row[] => (one ? [tested(name, one)] : [])),
        ...(own.kind === 'estimated' && own.coxIndex
          ? [
              [
                "Cox's index",
                own.coxIndex.estimate,
                own.coxIndex.standardError,
                null,
                null,
                own.coxIndex.interval.lower,
                own.coxIndex.interval.upper,
              ],
            ]
          : []),
        ...(adjusted?.kind === 'estimated'
          ? [
              [
                ...['odds ratio, adjusted (GEE, Kauermann and Carroll)', adjusted.oddsRatio.estimate, adjusted.standardError],
                ...[adjusted.df, adjusted.p, adjusted.oddsRatio.interval.lower, adjusted.oddsRatio.interval.upper],
              ],
            ]
          : []),
      ],
    },
  ]
}

const individuals = (found: ArmComparison['individuals'], { programme, control }: Asked): readonly Table[] => {
  if (!found) return []
  const rows = (
    [
      [programme, found.programme],
      [control, found.control],
    ] as const
  ).flatMap(([name, one]): readonly Row[] =>
    one.kind === 'estimated'
      ? [[name, one.counts.recovered, one.counts.improved, one.counts.unchanged, one.counts.worse, one.smallestReliableChange]]
      : [],
  )
  return [
    {
      title: 'reliable change (Jacobson and Truax): counts, no diagnoses',
      columns: ['', 'recovered', 'improved', 'unchanged', 'worse', 'reliable from'],
      rows,
    },
  ]
}

export const effectTables = (found: ArmComparison, asked: Asked): readonly Table[] => [
  described(found, asked),
  ...(found.clustered ? [clusteredTable(found.clustered)] : []),
  between(found, asked),
  sizes(found),
  ranked(found),
  ...proportions(found.proportions),
  ...clusteredProportions(found.clusteredProportions),
  ...individuals(found.individuals, asked),
]

export const effectNotes = ({ clustered, post, adjusted, improvementIndex }: ArmComparison, leftOut: number): readonly string[] => [
  ...modelNotes(clustered?.model.kind === 'estimated' ? clustered.model.warnings : [], leftOut),
  ...(clustered && Math.min(clustered.schoolsByArm.programme, clustered.schoolsByArm.control) === 1
    ? [wordsIn('en').warnings['one-school-in-an-arm']]
    : []),
  ...(clustered && clustered.intraclassCorrelation.withinArms !== null
    ? [`ICC within arms ${clustered.intraclassCorrelation.withinArms.toPrecision(3)}.`]
    : []),
  ...(adjusted?.kind === 'estimated' && adjusted.slopes && adjusted.slopes.p < 0.05
    ? ['The slope of a covariate differs between the arms: one adjusted difference does not say it all.']
    : []),
  ...(clustered?.permutation.kind === 'estimated'
    ? [
        `Arms dealt out to the schools anew give a difference this large with p ${clustered.permutation.p.toPrecision(3)} (${clustered.permutation.allocations} allocations): the p to quote when schools are few.`,
      ]
    : []),
  ...(improvementIndex === null
    ? []
    : [`A pupil in the middle of the control arm would move by ${improvementIndex.toPrecision(3)} percentile points (improvement index).`]),
  ...(post.equivalence
    ? [
        `Within ±${post.equivalence.bounds[1]} points after: p ${post.equivalence.p.toPrecision(3)} (two one-sided tests, pupils as independent).`,
      ]
    : []),
]
