/** Every outcome by the same model, the secondary ones with p-values adjusted for their number, and all of them in one forest. */
import { adjustedP } from '../../multiplicity/adjusted-p.ts'
import { decimal } from '../../plots/number-words.ts'
import { outcomeForest } from '../../plots/outcome-forest.ts'
import { type Chapter, figure, quiet, type Row, table } from '../block.ts'
import type { Context, Standing } from '../context.ts'
import { adjustmentNames } from '../methods.ts'
import { armName, degrees, limits, outcomesOf, type Page, pValue, refusal, withLimits } from '../page.ts'
import type { Contrast, Outcome } from '../record.ts'

export type AdjustedOutcome = {
  readonly scale: string
  readonly arm: string
  readonly p: number | null
  readonly adjustedP: number | null
  readonly standing: Standing
}

/** The family is the secondary outcomes: the primary one was named beforehand and stands alone. */
export const adjustedOutcomes = (context: Context, secondary: readonly Outcome[]): readonly AdjustedOutcome[] => {
  const tests = secondary.flatMap(({ scale, contrasts }) =>
    contrasts.map(({ arm, effect }) => ({ scale, arm, p: effect.kind === 'estimated' ? effect.p : null })),
  )
  const adjusted = adjustedP(
    tests.map(({ p }) => p),
    context.plan.multiplicity.method,
  )
  return tests.map((one, place) => ({ ...one, adjustedP: adjusted[place]!, standing: context.standingOfScale(one.scale) }))
}

const words = {
  'zh-CN': {
    title: '各结局的组间效应',
    note: (method: string) =>
      `每个结局用同一模型。差异以量表原分计。p 为未校正的 p；“校正 p”按 ${method} 法在次要结局之间校正，主要结局事先指定，不参与校正。`,
    adjusted: '校正 p',
    axis: '标准化效应（基线标准差），向右为改善',
    of: '：',
  },
  en: {
    title: 'Effects on all outcomes',
    note: (method: string) =>
      `One model for each outcome, differences in points of the scale. “adjusted p” is corrected among the secondary outcomes after ${method}; the primary outcome was named beforehand and is not in that family.`,
    adjusted: 'adjusted p',
    axis: 'effect in baseline SDs, improvement to the right',
    of: ': ',
  },
}

const nameOf = (page: Page, { label, contrasts }: Outcome, arm: string) =>
  contrasts.length > 1 ? page.words.joint(label[page.language], armName(page, arm)) : label[page.language]

const rowOf = (page: Page, outcome: Outcome, { arm, effect, standardised }: Contrast, isPrimary: boolean): Row => {
  const adjusted = page.report.adjusted.find((one) => one.scale === outcome.scale && one.arm === arm)
  const mark = adjusted?.standing === 'exploratory' ? ` (${page.words.standing.exploratory})` : ''
  const head = `${nameOf(page, outcome, arm)}${mark}`
  if (effect.kind === 'not-estimable') return { head, cells: { says: refusal(page, effect) }, ...(isPrimary ? { kind: 'main' } : {}) }
  return {
    head,
    cells: [
      decimal(effect.estimate),
      limits(page, effect.interval),
      degrees(effect.df),
      pValue(effect.p),
      adjusted?.adjustedP === null || adjusted === undefined ? '–' : pValue(adjusted.adjustedP),
      decimal(effect.intraclassCorrelation, 3),
      standardised.kind === 'estimated' ? withLimits(page, standardised) : '–',
    ],
    ...(isPrimary ? { kind: 'main' } : {}),
  }
}

/** A standardised effect turned so that improvement is positive. */
export const turned = (standardised: Contrast['standardised'], direction: Outcome['direction']) => {
  if (standardised.kind === 'not-estimable') return null
  const sign = direction === 'higher-is-worse' ? -1 : 1
  const { estimate, interval } = standardised
  const ends = [sign * interval.lower, sign * interval.upper]
  return { estimate: sign * estimate, lower: Math.min(...ends), upper: Math.max(...ends) }
}

const forestRows = (page: Page) =>
  outcomesOf(page.report).flatMap((outcome, place) =>
    outcome.contrasts.map((contrast) => {
      const effect = turned(contrast.standardised, outcome.direction)
      const standing = page.report.adjusted.find((one) => one.scale === outcome.scale)?.standing
      const reason = contrast.standardised.kind === 'not-estimable' ? refusal(page, contrast.standardised) : undefined
      return {
        label: nameOf(page, outcome, contrast.arm),
        n: contrast.effect.kind === 'estimated' ? contrast.effect.n : null,
        primary: place === 0,
        exploratory: standing === 'exploratory',
        effect,
        ...(reason === undefined ? {} : { reason }),
      }
    }),
  )

export const outcomesChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const { columns } = common
  const rows = outcomesOf(report).flatMap((outcome, place) =>
    outcome.contrasts.map((contrast) => rowOf(page, outcome, contrast, place === 0)),
  )
  return {
    id: 'outcomes',
    title: said.title,
    blocks: [
      quiet(said.note(adjustmentNames[report.design.multiplicity])),
      table(
        [
          columns.outcome,
          columns.difference,
          common.interval(report.design.level),
          columns.df,
          columns.p,
          said.adjusted,
          columns.icc,
          columns.standardised,
        ],
        rows,
      ),
      figure(outcomeForest({ axis: said.axis, groups: [{ heading: null, interactionP: null, rows: forestRows(page) }] }, language)),
    ],
  }
}
