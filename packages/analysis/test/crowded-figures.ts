/** Figures as crowded as a trial can make them: four arms, long labels, five waves, tiny arms, far values. Not real data. */
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

const label = (chinese: string, english: string) => ({ 'zh-CN': chinese, en: english })

const armLabels = [
  label('团体心理辅导加家长课堂加班主任培训综合干预组', 'group counselling with parent class and teacher training'),
  label('单独团体心理辅导的学校干预组（八次）', 'group counselling alone (eight sessions)'),
  label('班主任培训组', 'teacher training'),
  label('等待名单对照组（次年接受干预）', 'waiting-list control arm (programme next year)'),
]
const waveLabels = [
  label('基线', 'baseline'),
  label('干预结束后', 'end of programme'),
  label('三个月后随访', 'three-month follow-up'),
  label('六个月后随访', 'six-month follow-up'),
  label('一年后随访（寄宿学校除外）', 'one-year follow-up (boarding schools excepted)'),
]
const scaleLabel = label('儿童青少年抑郁症状自评量表总分（九条目版）', 'Depressive symptoms, nine-item self-report total')
const reasonLabel = label('学校太少，分不清干预与学校', 'too few schools to tell the programme from the schools')
const axisLabel = label(
  '标准化效应（除以基线合并标准差，各结局方向已统一），向右为改善',
  'standardised effect (pooled baseline SD, all outcomes turned the same way), improvement to the right',
)
const refusalLabel = label('学校所在乡镇的教育部门没有同意参加本研究', 'the township education office did not agree to take part')

const around = (estimate: number, half: number) => ({ estimate, lower: estimate - half, upper: estimate + half })
const wave = (n: number) => Math.sin(12.9898 * n)

export const crowdedFigures = (language: Language): Readonly<Record<string, Figure>> => {
  const outcome = scaleLabel[language]
  const waves = waveLabels.map((one) => one[language])
  const arms = armLabels.map((one, place) => ({ id: `arm${place}`, label: one[language], control: place === 3 }))
  const flow = (count: number) =>
    consortFlow(
      {
        assessed: { schools: 131, pupils: 123456 },
        excluded: [{ reason: refusalLabel[language], schools: 12, pupils: 10234 }],
        waveLabels: waves.slice(1),
        arms: arms.slice(0, count).map((arm, place) => ({
          ...arm,
          allocated: { schools: 30, pupils: 28345 },
          received: arm.control ? null : { schools: 29, pupils: 27888 },
          waves: waves
            .slice(1)
            .map((name, at) =>
              place === 2 && at === 3
                ? null
                : { label: name, schools: 30 - at, pupils: 28345 - 1234 * at, lostSchools: at, lostPupils: 1234 * at },
            ),
          analysed: { schools: 29, pupils: 24012 },
        })),
      },
      language,
    )
  const row = (name: string, effect: ReturnType<typeof around> | null) => ({
    label: name,
    n: 1234,
    primary: false,
    exploratory: false,
    effect,
    reason: reasonLabel[language],
  })
  const changes = [
    Array.from({ length: 900 }, (_, n) => Math.round(6 * wave(n) + 3 * wave(7 * n))),
    [1, 3, 2, -4, 5, 6],
    [1, 2],
    new Array(40).fill(0),
  ]
  const counts = [
    { recovered: 2, improved: 1, unchanged: 300, worse: 1 },
    { recovered: 50, improved: 0, unchanged: 0, worse: 0 },
    { recovered: 1, improved: 1, unchanged: 1, worse: 1 },
    { recovered: 0, improved: 90, unchanged: 3, worse: 4 },
  ]
  return {
    flowOfOne: flow(1),
    flowOfFour: flow(4),
    lovePlot: lovePlot(
      {
        control: arms[3]!.label,
        arms: arms.slice(0, 3),
        rows: Array.from({ length: 8 }, (_, place) => ({
          label: `${refusalLabel[language]} ${place}`,
          level: place < 2 ? ('school' as const) : ('pupil' as const),
          points: arms
            .slice(0, 3)
            .map(({ id }, arm) => ({ arm: id, difference: place === 0 && arm === 1 ? -1.9 : 0.2 * wave(place + arm) })),
        })),
      },
      language,
    ),
    trajectories: trajectories(
      {
        outcome,
        arms,
        waves,
        level: 0.95,
        minimumCell: 10,
        means: arms.flatMap(({ id }, arm) =>
          waves.map((_, at) => ({
            arm: id,
            wave: at,
            n: 80,
            mean: 8 - at * (0.2 + 0.05 * arm),
            lower: 7.7 - 0.2 * at,
            upper: 8.3 - 0.2 * at,
          })),
        ),
        schools: [],
      },
      language,
    ),
    raincloud: raincloud(
      { outcome, direction: 'higher-is-better', minimumCell: 10, arms: arms.map((arm, place) => ({ ...arm, changes: changes[place]! })) },
      language,
    ),
    reliableChangeBars: reliableChangeBars(
      { outcome, minimumCell: 10, arms: arms.map((arm, place) => ({ ...arm, counts: counts[place]! })) },
      language,
    ),
    attritionBoundary: attritionBoundary(
      {
        boundary: [
          { overall: 0, cautious: 0.057, optimistic: 0.1 },
          { overall: 0.57, cautious: 0, optimistic: 0.023 },
        ],
        points: waves.map((name, at) => ({
          label: name,
          unit: 'pupils' as const,
          overall: at === 4 ? 0.8 : 0.12 + 0.01 * at,
          differential: at === 4 ? 0.21 : 0.02 + 0.001 * at,
        })),
      },
      language,
    ),
    outcomeForest: outcomeForest(
      {
        axis: axisLabel[language],
        groups: [
          {
            heading: outcome,
            interactionP: null,
            rows: arms.map((arm, place) => row(`${outcome} ${arm.label}`, around(place === 1 ? 1.2 : 0.2, place === 1 ? 30 : 0.1))),
          },
          { heading: refusalLabel[language], interactionP: 1e-7, rows: [row(waves[4]!, around(55, 2)), row(waves[1]!, null)] },
        ],
      },
      language,
    ),
    tinyEffects: sensitivityPlot(
      {
        outcome,
        axis: axisLabel[language],
        rows: arms.map((arm, place) => ({ label: arm.label, primary: place === 0, effect: around(0.00031, 0.0001 * (place + 1)) })),
      },
      language,
    ),
    hugeEffects: sensitivityPlot(
      { outcome, axis: axisLabel[language], rows: [{ label: arms[0]!.label, primary: true, effect: around(-123456.7, 4e4) }] },
      language,
    ),
    verdictCurve: verdictCurve(
      {
        question: 'delta',
        outcome,
        axis: refusalLabel[language],
        effectAxis: waves[1]!,
        level: 0.95,
        found: 0,
        points: Array.from({ length: 21 }, (_, at) => ({ at: at - 10, ...around(0.02 + 0.11 * (at - 10), 0.4) })),
      },
      language,
    ),
    doseResponse: doseResponse(
      {
        outcome,
        doseLabel: refusalLabel[language],
        level: 0.95,
        minimumCell: 10,
        fitted: [0, 240, 480].map((dose) => ({ dose, mean: 1000 + 3 * dose, lower: 900 + 3 * dose, upper: 1100 + 3 * dose })),
        observed: [
          { dose: 0, n: 4000, mean: 1030 },
          { dose: 480, n: 9, mean: 9000 },
        ],
      },
      language,
    ),
  }
}
