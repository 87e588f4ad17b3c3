/** What would change the verdict: the effect had schools been more alike, and had the lost fared worse. */
import { spread } from '../../describe.ts'
import { knownCorrelation } from '../../models/known-correlation.ts'
import { decimal } from '../../plots/number-words.ts'
import { verdictCurve } from '../../plots/verdict-curve.ts'
import { type Block, type Chapter, figure, quiet, text } from '../block.ts'
import type { Context } from '../context.ts'
import { modelSums } from '../contrast.ts'
import { completePupils, covariateNames } from '../effect-among.ts'
import { firstPair, type Page, percentage } from '../page.ts'
import type { Outcome } from '../record.ts'

type Point = { readonly at: number; readonly estimate: number; readonly lower: number; readonly upper: number }
export type Verdict = {
  readonly arm: string
  readonly byCorrelation: {
    readonly points: readonly Point[]
    readonly found: number /** where the interval first meets zero; null when it never does in the range */
    readonly turnsAt: number | null
  }
  readonly byLoss: {
    readonly points: readonly Point[]
    readonly found: number
    readonly turnsAt: number | null /** how much worse the lost of the programme arm are taken to be, in points */
    readonly worseBy: number
  }
}

const correlations = Array.from({ length: 31 }, (_, step) => step / 100)
const losses = Array.from({ length: 31 }, (_, step) => step / 50)
const worseBySpread = 0.5

/** Between two points of a straight piece, where the interval's end nearer to zero crosses it. */
const crossing = (points: readonly Point[]): number | null => {
  const edge = ({ lower, upper, estimate }: Point, sign: number) => (sign < 0 ? upper : lower) * Math.sign(estimate || 1)
  const sign = Math.sign(points[0]?.estimate ?? 0)
  for (let k = 1; k < points.length; k += 1) {
    const [a, b] = [edge(points[k - 1]!, sign), edge(points[k]!, sign)]
    if (a > 0 && b <= 0) return points[k - 1]!.at + ((points[k]!.at - points[k - 1]!.at) * a) / (a - b)
  }
  return null
}

export const verdictPart = (context: Context, primary: Outcome): Verdict | null => {
  const { effect, arm } = primary.contrasts[0]!
  if (effect.kind === 'not-estimable') return null
  const complete = completePupils(context, primary.scale)
  const made = modelSums(complete, context.control, context.programmes, covariateNames(context, primary.scale))
  const baseline = spread(complete.map((pupil) => pupil.baseline))
  const missing = primary.missing.find((one) => one.arm === arm)
  if ('kind' in made || !baseline || !missing || missing.participants === 0) return null
  const byCorrelation = correlations.flatMap((at): readonly Point[] => {
    const found = knownCorrelation(made.sums, made.names.indexOf(`arm:${arm}`), at, context.level)
    return 'kind' in found ? [] : [{ at, estimate: found.estimate, lower: found.interval.lower, upper: found.interval.upper }]
  })
  const worseBy = (primary.direction === 'higher-is-worse' ? 1 : -1) * worseBySpread * Math.sqrt(baseline.variance)
  const byLoss = losses.map((at): Point => {
    const shift = at * worseBy
    return { at, estimate: effect.estimate + shift, lower: effect.interval.lower + shift, upper: effect.interval.upper + shift }
  })
  return {
    arm,
    byCorrelation: { points: byCorrelation, found: effect.intraclassCorrelation, turnsAt: crossing(byCorrelation) },
    byLoss: { points: byLoss, found: 1 - missing.both / missing.participants, turnsAt: crossing(byLoss), worseBy },
  }
}

const words = {
  'zh-CN': {
    title: '什么会改变结论',
    icc: '左右移动的是假定的学校内相关：学校内学生越相似，有效样本越小，区间越宽。',
    iccAxis: '假定的学校内相关（ICC，扣除协变量后）',
    loss: (points: string) =>
      `假定干预组中没有后测的学生，结果比留下的学生差 ${points} 分（半个基线标准差），而对照组的流失没有这种偏差：横轴是干预组流失的比例。`,
    lossAxis: '干预组没有进入分析的比例',
    effect: '组间差异（分）',
    turnsIcc: (at: string) => `学校内相关达到 ${at} 时，区间会碰到 0。`,
    staysIcc: '在 0 至 0.30 的范围内，学校内相关不会改变结论的方向。',
    turnsLoss: (at: string, found: string) => `干预组流失达到 ${at}（本研究为 ${found}）时，区间会碰到 0。`,
    staysLoss: (found: string) => `流失比例在 0 至 60% 之间（本研究为 ${found}），这样的偏差不会改变结论的方向。`,
    open: '区间本来就包含 0：没有可以推翻的结论，下图只显示区间如何随假定变化。',
  },
  en: {
    title: 'What would change the verdict',
    icc: 'What moves is the intraclass correlation assumed: the more alike the pupils of a school, the smaller the effective sample and the wider the interval.',
    iccAxis: 'intraclass correlation assumed (beyond the covariates)',
    loss: (points: string) =>
      `Suppose that pupils of the programme arm without a score after had ended ${points} points worse than those who stayed (half a baseline SD), and that losses in the control arm had no such bias: what moves is the share lost.`,
    lossAxis: 'share of the programme arm not analysed',
    effect: 'difference between arms (points)',
    turnsIcc: (at: string) => `At an intraclass correlation of ${at} the interval would meet zero.`,
    staysIcc: 'No intraclass correlation between 0 and 0.30 would turn the verdict.',
    turnsLoss: (at: string, found: string) => `With ${at} of the programme arm lost (here ${found}) the interval would meet zero.`,
    staysLoss: (found: string) => `No loss between 0 and 60% (here ${found}) would, with such a bias, turn the verdict.`,
    open: 'The interval includes zero as it is: there is no verdict to be turned, and the pictures only show how the interval moves.',
  },
}

export const verdictChapter = (page: Page): Chapter | null => {
  const { report, language } = page
  const { verdict } = report
  const effect = report.primary.contrasts[0]!.effect
  if (!verdict || effect.kind === 'not-estimable') return null
  const said = words[language]
  const outcome = report.primary.label[language]
  const { byCorrelation, byLoss } = verdict
  const isOpen = effect.interval.lower <= 0 && effect.interval.upper >= 0
  const curve = (
    question: 'icc' | 'attrition',
    axis: string,
    { points, found }: { readonly points: readonly Point[]; readonly found: number },
  ): Block =>
    figure(verdictCurve({ question, outcome, axis, effectAxis: said.effect, level: report.design.level, points, found }, language))
  const turning = (at: number | null, turns: (at: string) => string, stays: string) =>
    isOpen ? [] : [text(at === null ? stays : turns(decimal(at)))]
  return {
    id: 'verdict',
    title: said.title,
    blocks: [
      ...firstPair(page),
      ...(isOpen ? [text(said.open)] : []),
      quiet(said.icc),
      ...turning(byCorrelation.turnsAt, said.turnsIcc, said.staysIcc),
      curve('icc', said.iccAxis, byCorrelation),
      quiet(said.loss(decimal(Math.abs(byLoss.worseBy)))),
      ...(isOpen
        ? []
        : [
            text(
              byLoss.turnsAt === null
                ? said.staysLoss(percentage(byLoss.found))
                : said.turnsLoss(percentage(byLoss.turnsAt), percentage(byLoss.found)),
            ),
          ]),
      curve('attrition', said.lossAxis, byLoss),
    ],
  }
}
