/** One of each figure of the report on a small made-up trial of two or three arms, in a language: for the goldens and the laws. Not real data. */
import { seededRandom } from '@tongxing/instruments'
import { attritionBoundary } from '../src/plots/attrition-boundary.ts'
import { consortFlow } from '../src/plots/consort-flow.ts'
import { doseResponse } from '../src/plots/dose-response.ts'
import type { Figure } from '../src/plots/figure.ts'
import { lovePlot } from '../src/plots/love-plot.ts'
import { outcomeForest } from '../src/plots/outcome-forest.ts'
import { raincloud } from '../src/plots/raincloud.ts'
import { reliableChangeBars } from '../src/plots/reliable-change-bars.ts'
import { sensitivityPlot } from '../src/plots/sensitivity-plot.ts'
import type { Language } from '../src/plots/theme.ts'
import { trajectories } from '../src/plots/trajectories.ts'
import { verdictCurve } from '../src/plots/verdict-curve.ts'

const said = (language: Language) => (chinese: string, english: string) => (language === 'en' ? english : chinese)
type Said = ReturnType<typeof said>

const normals = (seed: number, n: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}

const armsIn = (t: Said) => [
  { id: 'programme', label: t('团体心理辅导组', 'group programme'), control: false },
  { id: 'control', label: t('常规课程组', 'usual lessons'), control: true },
]
const wavesIn = (t: Said) => [t('基线', 'baseline'), t('干预后', 'after'), t('三个月后', 'three months later')]
const effect = (estimate: number, half: number) => ({ estimate, lower: estimate - half, upper: estimate + half })

const flowOf = (t: Said, language: Language): Figure => {
  const [programme, control] = armsIn(t)
  const [, post, later] = wavesIn(t)
  const wave = (label: string, schools: number, pupils: number, lostSchools: number, lostPupils: number) => ({
    label,
    schools,
    pupils,
    lostSchools,
    lostPupils,
  })
  return consortFlow(
    {
      assessed: { schools: 27, pupils: 1318 },
      excluded: [
        { reason: t('校长未同意', 'head teacher declined'), schools: 2, pupils: 0 },
        { reason: t('家长未同意', 'parents declined'), schools: 0, pupils: 74 },
      ],
      waveLabels: [post!, later!],
      arms: [
        {
          ...programme!,
          allocated: { schools: 12, pupils: 604 },
          received: { schools: 12, pupils: 571 },
          waves: [wave(post!, 12, 541, 0, 63), wave(later!, 11, 497, 1, 107)],
          analysed: { schools: 12, pupils: 541 },
        },
        {
          ...control!,
          allocated: { schools: 12, pupils: 589 },
          received: null,
          waves: [wave(post!, 12, 514, 0, 75), wave(later!, 12, 489, 0, 100)],
          analysed: { schools: 12, pupils: 514 },
        },
      ],
    },
    language,
  )
}

const balanceOf = (t: Said, language: Language): Figure =>
  lovePlot(
    {
      control: t('常规课程组', 'usual lessons'),
      arms: armsIn(t).filter(({ control }) => !control),
      rows: [
        { label: t('学校人数', 'size of school'), level: 'school', points: [{ arm: 'programme', difference: 0.31 }] },
        { label: t('留守学生比例', 'share left behind'), level: 'school', points: [{ arm: 'programme', difference: -0.12 }] },
        { label: t('抑郁症状总分（PHQ-9）', 'depression (PHQ-9)'), level: 'pupil', points: [{ arm: 'programme', difference: 0.04 }] },
        { label: t('焦虑症状总分', 'anxiety'), level: 'pupil', points: [{ arm: 'programme', difference: 0.09 }] },
        { label: t('年龄', 'age'), level: 'pupil', points: [{ arm: 'programme', difference: -0.02 }] },
        { label: t('女生', 'girls'), level: 'pupil', points: [{ arm: 'programme', difference: null }] },
      ],
    },
    language,
  )

const wavesOf = (t: Said, language: Language): Figure => {
  const truth: Readonly<Record<string, readonly number[]>> = { programme: [8.1, 6.4, 6.7], control: [8.0, 7.7, 7.6] }
  const noise = normals(5, 24)
  return trajectories(
    {
      outcome: t('抑郁症状总分', 'depression'),
      arms: armsIn(t),
      waves: wavesIn(t),
      level: 0.95,
      minimumCell: 10,
      means: Object.entries(truth).flatMap(([arm, means]) =>
        means.map((mean, wave) => ({ arm, wave, n: 540 - 20 * wave, mean, lower: mean - 0.42, upper: mean + 0.42 })),
      ),
      schools: noise.map((own, school) => {
        const arm = school % 2 ? 'control' : 'programme'
        return {
          arm,
          means: truth[arm]!.map((mean, wave) => ({
            wave,
            mean: mean + 0.8 * own + 0.3 * noise[(school + wave + 1) % 24]!,
            n: school === 3 ? 7 : 45,
          })),
        }
      }),
    },
    language,
  )
}

const cloudOf = (t: Said, language: Language): Figure =>
  raincloud(
    {
      outcome: t('抑郁症状总分', 'depression'),
      direction: 'higher-is-worse',
      minimumCell: 10,
      arms: armsIn(t).map((arm, place) => ({
        ...arm,
        changes: normals(place + 1, 60).map((value) => Math.round(4 * value - (place ? 0.3 : 1.7))),
      })),
    },
    language,
  )

const barsOf = (t: Said, language: Language): Figure =>
  reliableChangeBars(
    {
      outcome: t('抑郁症状总分', 'depression'),
      minimumCell: 10,
      arms: armsIn(t).map((arm, place) => ({
        ...arm,
        counts: place
          ? { recovered: 37, improved: 52, unchanged: 391, worse: 34 }
          : { recovered: 81, improved: 96, unchanged: 349, worse: 15 },
      })),
    },
    language,
  )

const lossOf = (t: Said, language: Language): Figure =>
  attritionBoundary(
    {
      boundary: [
        { overall: 0, cautious: 0.057, optimistic: 0.1 },
        { overall: 0.1, cautious: 0.063, optimistic: 0.109 },
        { overall: 0.2, cautious: 0.054, optimistic: 0.102 },
        { overall: 0.3, cautious: 0.041, optimistic: 0.084 },
        { overall: 0.4, cautious: 0.026, optimistic: 0.063 },
        { overall: 0.5, cautious: 0.01, optimistic: 0.039 },
        { overall: 0.57, cautious: 0, optimistic: 0.023 },
      ],
      points: [
        { label: t('学生，干预后', 'pupils, after'), unit: 'pupils', overall: 0.116, differential: 0.023 },
        { label: t('学生，三个月后', 'pupils, three months later'), unit: 'pupils', overall: 0.174, differential: -0.008 },
        { label: t('学校，三个月后', 'schools, three months later'), unit: 'schools', overall: 0.042, differential: 0.083 },
      ],
    },
    language,
  )

const forestOf = (t: Said, language: Language): Figure => {
  const row = (label: string, estimate: number, half: number, more: object = {}) => ({
    label,
    n: null,
    primary: false,
    exploratory: false,
    effect: effect(estimate, half),
    ...more,
  })
  return outcomeForest(
    {
      axis: t('标准化效应（基线标准差），向右为改善', 'effect in baseline SDs, improvement to the right'),
      groups: [
        {
          heading: t('结局', 'outcomes'),
          interactionP: null,
          rows: [
            row(t('抑郁症状总分', 'depression'), 0.27, 0.13, { primary: true, n: 1055 }),
            row(t('焦虑症状总分', 'anxiety'), 0.16, 0.14, { n: 1051 }),
            row(t('自尊总分', 'self-esteem'), 0.05, 0.13, { n: 1049 }),
          ],
        },
        {
          heading: t('是否留守', 'left behind'),
          interactionP: 0.034,
          rows: [row(t('留守', 'left behind'), 0.38, 0.19, { n: 431 }), row(t('非留守', 'not left behind'), 0.19, 0.16, { n: 624 })],
        },
        {
          heading: t('性别', 'sex'),
          interactionP: 0.62,
          rows: [
            row(t('女生', 'girls'), 0.29, 0.18, { n: 520, exploratory: true }),
            row(t('男生', 'boys'), 0, 0, { n: 3, exploratory: true, effect: null, reason: t('人数太少', 'too few pupils') }),
          ],
        },
      ],
    },
    language,
  )
}

const otherAnalyses = (t: Said, language: Language): Figure =>
  sensitivityPlot(
    {
      outcome: t('抑郁症状总分', 'depression'),
      axis: t('调整后差异（分），负值表示干预组更少', 'adjusted difference in points, below zero: less in the programme arm'),
      rows: [
        { label: t('混合模型，完整个案', 'mixed model, complete cases'), primary: true, effect: effect(-1.31, 0.62) },
        { label: t('聚类稳健标准误（CR2）', 'cluster-robust (CR2)'), primary: false, effect: effect(-1.34, 0.71) },
        { label: t('多重插补（20 次）', 'multiple imputation (20 tables)'), primary: false, effect: effect(-1.22, 0.6) },
        { label: t('去除疑似不认真作答', 'without careless answering'), primary: false, effect: effect(-1.45, 0.64) },
        { label: t('失访者后测高 2 分', 'those lost 2 points worse'), primary: false, effect: effect(-0.94, 0.66) },
        { label: t('去除一所学校', 'without one school'), primary: false, effect: null, reason: t('学校太少', 'too few schools') },
      ],
    },
    language,
  )

const verdictOf = (t: Said, language: Language, question: 'icc' | 'delta'): Figure =>
  verdictCurve(
    {
      question,
      outcome: t('抑郁症状总分', 'depression'),
      axis:
        question === 'icc'
          ? t('假设的学校内相关（ICC）', 'assumed ICC')
          : t('假设失访者后测比预测高（分）', 'points that those lost are assumed to be worse'),
      effectAxis: t('调整后差异（分）', 'adjusted difference in points'),
      level: 0.95,
      points: Array.from({ length: 11 }, (_, place) =>
        question === 'icc'
          ? { at: place / 40, ...effect(-1.31, 0.4 * Math.sqrt(1 + (40 * place) / 20)) }
          : { at: place, ...effect(-1.31 + 0.12 * place, 0.62) },
      ),
      found: question === 'icc' ? 0.031 : 0,
    },
    language,
  )

const doseOf = (t: Said, language: Language): Figure =>
  doseResponse(
    {
      outcome: t('抑郁症状总分', 'depression'),
      doseLabel: t('参加次数（共 8 次）', 'sessions attended, of 8'),
      level: 0.95,
      minimumCell: 10,
      fitted: [0, 2, 4, 6, 8].map((dose) => ({
        dose,
        mean: -0.4 - 0.21 * dose,
        lower: -1.2 - 0.21 * dose - 0.02 * (dose - 5) ** 2,
        upper: 0.4 - 0.21 * dose + 0.02 * (dose - 5) ** 2,
      })),
      observed: [9, 12, 14, 22, 35, 61, 118, 165, 98].map((n, dose) => ({ dose, n, mean: -0.4 - 0.21 * dose + 0.4 * Math.sin(3 * dose) })),
    },
    language,
  )

export const figureSamples = (language: Language): Readonly<Record<string, Figure>> => {
  const t = said(language)
  return {
    consortFlow: flowOf(t, language),
    lovePlot: balanceOf(t, language),
    trajectories: wavesOf(t, language),
    raincloud: cloudOf(t, language),
    reliableChangeBars: barsOf(t, language),
    attritionBoundary: lossOf(t, language),
    outcomeForest: forestOf(t, language),
    sensitivityPlot: otherAnalyses(t, language),
    verdictOfIcc: verdictOf(t, language, 'icc'),
    verdictOfDelta: verdictOf(t, language, 'delta'),
    doseResponse: doseOf(t, language),
  }
}
