/** The course over all waves: mean scores by arm, and the contrasts of a repeated-measures model. */
import { numberIn } from '../../dataset/read-dataset.ts'
import { describe } from '../../describe.ts'
import { type WaveContrasts, waveContrasts } from '../../models/waves.ts'
import { type Trajectories, trajectories } from '../../plots/trajectories.ts'
import type { NotEstimable } from '../../result.ts'
import { type Block, type Chapter, figure, heading, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { armName, orDash, outcomesOf, type Page, plotArms, refusal, studentCells, waveName } from '../page.ts'
import type { Outcome } from '../record.ts'

type SchoolMean = { readonly arm: string; readonly means: readonly { readonly wave: string; readonly mean: number; readonly n: number }[] }
export type WavesPart = {
  /** the waves that plan or protocol name; contrasts at others are exploratory */
  readonly named: readonly string[]
  readonly contrasts: WaveContrasts | NotEstimable
  /** schools without their names; a mean of fewer pupils than the plan's minimum is left out */
  readonly schools: readonly SchoolMean[]
}

const schoolMeans = ({ dataset, plan, arms }: Context): readonly SchoolMean[] => {
  const { scale } = plan.primary
  const bySchool = Map.groupBy(dataset.rows, ({ school }) => school!)
  return [...bySchool.values()].flatMap((rows): readonly SchoolMean[] => {
    const arm = rows[0]!.arm ?? ''
    if (!arms.includes(arm)) return []
    const means = dataset.manifest.waves.flatMap(({ id }) => {
      const { n, mean } = describe(rows.filter(({ wave }) => wave === id).flatMap((row) => numberIn(row, scale) ?? []))
      return mean === null || n < plan.minimumCell ? [] : [{ wave: id, mean, n }]
    })
    return [{ arm, means }]
  })
}

export const wavesPart = (context: Context): WavesPart => {
  const { dataset, plan, arms, control, level } = context
  const names = dataset.manifest.waves.map(({ id }) => id)
  const waves = [plan.primary.baselineWave, ...names.filter((name) => name !== plan.primary.baselineWave)]
  const rows = dataset.rows
    .filter(({ arm }) => arms.includes(arm ?? ''))
    .map((row) => ({ school: row.school!, pupil: row.id!, arm: row.arm!, wave: row.wave!, score: numberIn(row, plan.primary.scale) }))
  return {
    named: [plan.primary.wave, ...plan.waves],
    contrasts: waveContrasts(rows, { waves, control, level }),
    schools: schoolMeans(context),
  }
}

const words = {
  'zh-CN': {
    title: '各轮次的变化',
    note: '各轮均值及其区间（未计入学校间差异），取每轮有得分的全部学生。',
    model: '重复测量模型',
    modelNote:
      '得分 = 轮次 × 组别 + 学校 + 学校×轮次 + 学生（均为随机截距）。每行是某组与对照组从基线到该轮的变化之差；只有部分轮次的学生也计入，在“随机缺失”假定下使用全部观测。',
    to: (arm: string, wave: string) => `${arm}，基线至${wave}`,
    observed: (rows: number, missing: number) => `${rows} 份得分进入模型，${missing} 份作答没有得分。`,
    singular: '模型的一个方差成分被估计为 0（奇异拟合）：学校少时常见，不等于学校或学生之间没有差别；自由度已从严计算。',
  },
  en: {
    title: 'Course over the waves',
    note: 'Means by wave with their intervals (differences between schools not counted), of all pupils with a score in that wave.',
    model: 'Repeated-measures model',
    modelNote:
      'score = wave × arm + school + school-by-wave + pupil (random intercepts). Each line is the difference between an arm and the control arm in the change from baseline to that wave. Pupils with some waves only are in it: if what is missing is missing at random, nothing observed is wasted.',
    to: (arm: string, wave: string) => `${arm}, baseline to ${wave}`,
    observed: (rows: number, missing: number) => `${rows} scores are in the model; ${missing} sheets have none.`,
    singular:
      'A variance of this model is estimated as zero (a singular fit): common with few schools, and no proof that schools or pupils are alike. Degrees of freedom stay cautious.',
  },
}

const plotOf = (page: Page, outcome: Outcome, schools: readonly SchoolMean[]): Trajectories => {
  const { report, language } = page
  const place = (wave: string) => report.waves.findIndex(({ id }) => id === wave)
  return {
    outcome: outcome.label[language],
    arms: plotArms(page),
    waves: report.waves.map(({ label }) => label[language]),
    level: report.design.level,
    means: outcome.scores.flatMap(({ arm, wave, n, mean, interval }) =>
      mean === null ? [] : [{ arm, wave: place(wave), n, mean, lower: interval?.lower ?? null, upper: interval?.upper ?? null }],
    ),
    schools: schools.map(({ arm, means }) => ({ arm, means: means.map(({ wave, mean, n }) => ({ wave: place(wave), mean, n })) })),
    minimumCell: report.design.minimumCell,
  }
}

const scoresTable = (page: Page, outcome: Outcome): Block => {
  const { waves, arms } = page.report
  const { columns } = page.words
  return table(
    [columns.arm, ...waves.flatMap(({ id }) => [`${waveName(page, id)} ${columns.n}`, columns.mean, columns.sd])],
    arms.map(({ id }) => ({
      head: armName(page, id),
      arm: id,
      cells: outcome.scores
        .filter(({ arm }) => arm === id)
        .flatMap(({ n, mean, standardDeviation }) => [String(n), orDash(mean), orDash(standardDeviation)]),
    })),
  )
}

const modelBlocks = (page: Page, { contrasts, named }: WavesPart): readonly Block[] => {
  const said = words[page.language]
  const { columns, interval } = page.words
  if (contrasts.kind === 'not-estimable') return [heading(said.model), text(refusal(page, contrasts))]
  const rows = contrasts.contrasts.map(
    ({ wave, arm, kenwardRoger }): Row => ({
      head: `${said.to(armName(page, arm), waveName(page, wave))}${named.includes(wave) ? '' : ` (${page.words.standing.exploratory})`}`,
      cells: studentCells(page, kenwardRoger),
      ...(wave === page.report.design.postWave ? { kind: 'main' } : {}),
    }),
  )
  return [
    heading(said.model),
    quiet(said.modelNote),
    table(['', columns.difference, interval(page.report.design.level), columns.df, columns.p], rows),
    quiet(said.observed(contrasts.n, contrasts.missing)),
    ...(contrasts.warnings.includes('singular-fit') ? [text(said.singular, 'warning')] : []),
  ]
}

export const wavesChapter = (page: Page): Chapter => {
  const { report, language } = page
  const said = words[language]
  return {
    id: 'waves',
    title: said.title,
    blocks: [
      quiet(said.note),
      figure(trajectories(plotOf(page, report.primary, report.course.schools), language)),
      ...modelBlocks(page, report.course),
      ...outcomesOf(report).flatMap((outcome) => [heading(outcome.label[language]), scoresTable(page, outcome)]),
    ],
  }
}
