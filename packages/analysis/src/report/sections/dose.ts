/** Whether those who received more changed more, within the programme arms. Pupils choose their dose: this is not the effect of it. */
import type { Bilingual } from '@tongxing/instruments'
import { numberIn } from '../../dataset/read-dataset.ts'
import { spread } from '../../describe.ts'
import { randomIntercept } from '../../models/random-intercept.ts'
import { schoolSums } from '../../models/school-sums.ts'
import { doseResponse } from '../../plots/dose-response.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../../result.ts'
import { type Chapter, figure, quiet, table, text } from '../block.ts'
import type { Context, Standing } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { type Page, refusal, standingWords, studentCells } from '../page.ts'

type Fitted = { readonly dose: number; readonly mean: number; readonly lower: number; readonly upper: number }
export type Dose = {
  readonly column: string
  readonly label: Bilingual
  readonly standing: Standing
  readonly n: number
  readonly unknown: number
  /** points of the outcome for one unit of the dose, at equal baseline */
  readonly slope: (Estimate & { readonly kind: 'estimated'; readonly method: string }) | NotEstimable
  readonly fitted: readonly Fitted[]
  readonly observed: readonly { readonly dose: number; readonly n: number; readonly mean: number }[]
}

type Received = { readonly school: string; readonly baseline: number; readonly post: number; readonly dose: number }

const modelAt = (pupils: readonly Received[], at: number, centre: number, level: number) =>
  randomIntercept(
    schoolSums(pupils.map(({ school, baseline, post, dose }) => ({ school, values: [dose - at, baseline - centre, post] }))),
    ['dose', 'baseline'],
    level,
  )

export const dosePart = (context: Context): Dose | null => {
  const { plan, dataset, control, level, standing } = context
  const column = plan.dose?.column ?? 'sessions'
  const described = dataset.codebook.columns.find(({ name, type }) => name === column && type !== 'string')
  if (!described) return null
  const members = completePupils(context, plan.primary.scale).filter(({ arm }) => arm !== control)
  const pupils = members.flatMap(({ school, baseline, post, facts }): readonly Received[] => {
    const dose = numberIn(facts, column)
    return dose === null ? [] : [{ school, baseline, post, dose }]
  })
  const [doses, baselines] = [spread(pupils.map(({ dose }) => dose)), spread(pupils.map(({ baseline }) => baseline))]
  const head = {
    column,
    label: described.label,
    standing: standing(plan.dose !== undefined),
    n: pupils.length,
    unknown: members.length - pupils.length,
  }
  if (!doses || !baselines || doses.variance === 0 || baselines.variance === 0)
    return { ...head, slope: notEstimable(doses && baselines ? 'no-variation' : 'too-few-values'), fitted: [], observed: [] }
  const model = modelAt(pupils, doses.mean, baselines.mean, level)
  if (model.kind === 'not-estimable') return { ...head, slope: model, fitted: [], observed: [] }
  const { name: _, unadjustedStandardError: __, ...slope } = model.coefficients[1]!
  const seen = pupils.map(({ dose }) => dose)
  const [least, most] = [Math.min(...seen), Math.max(...seen)]
  const fitted = Array.from({ length: 9 }, (_at, step) => least + ((most - least) * step) / 8).flatMap((at): readonly Fitted[] => {
    const here = modelAt(pupils, at, baselines.mean, level)
    if (here.kind === 'not-estimable') return []
    const { estimate, interval } = here.coefficients[0]!
    return [{ dose: at, mean: estimate - baselines.mean, lower: interval.lower - baselines.mean, upper: interval.upper - baselines.mean }]
  })
  const observed = [...Map.groupBy(pupils, ({ dose }) => dose)]
    .filter(([, group]) => group.length >= plan.minimumCell)
    .map(([dose, group]) => ({
      dose,
      n: group.length,
      mean: group.reduce((sum, { baseline, post }) => sum + post - baseline, 0) / group.length,
    }))
    .toSorted((a, b) => a.dose - b.dose)
  return { ...head, slope: { kind: 'estimated', method: model.method, ...slope }, fitted, observed }
}

const words = {
  'zh-CN': {
    title: '剂量与变化',
    note: '只看干预组：参加得多的学生，变化是否更大（基线得分相同时）。参加多少不是随机的——更愿意参加的学生本来就可能不同——因此这不是“多参加”的作用。',
    slope: (label: string) => `${label}每多 1`,
    unknown: (count: number) => `${count} 名学生没有剂量记录，未计入。`,
  },
  en: {
    title: 'Dose and change',
    note: 'The programme arm alone: did pupils who received more change more, at equal baseline? Dose is not dealt out at random (those who come more often may differ to begin with), so this is not the effect of coming more often.',
    slope: (label: string) => `${label}, for each one more`,
    unknown: (count: number) => `${count} pupils have no dose on record and are left out.`,
  },
}

export const doseChapter = (page: Page): Chapter | null => {
  const { report, language, words: common } = page
  const { dose } = report
  if (!dose) return null
  const said = words[language]
  const head = { id: 'dose', title: said.title, ...standingWords(page, dose.standing) }
  if (dose.slope.kind === 'not-estimable') return { ...head, blocks: [quiet(said.note), text(refusal(page, dose.slope))] }
  const { columns } = common
  return {
    ...head,
    blocks: [
      quiet(said.note),
      table(
        ['', columns.change, common.interval(report.design.level), columns.df, columns.p],
        [{ head: said.slope(dose.label[language]), cells: studentCells(page, dose.slope) }],
      ),
      ...(dose.unknown > 0 ? [quiet(said.unknown(dose.unknown))] : []),
      figure(
        doseResponse(
          {
            outcome: report.primary.label[language],
            doseLabel: dose.label[language],
            level: report.design.level,
            minimumCell: report.design.minimumCell,
            fitted: dose.fitted,
            observed: dose.observed,
          },
          language,
        ),
      ),
    ],
  }
}
