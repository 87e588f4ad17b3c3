/** The arms before anything happened, at the level of pupils and of schools: standardised differences with the What Works Clearinghouse's grades, no p-values. */
import type { Bilingual, DatasetRow } from '@tongxing/instruments'
import { type BaselineBalance, baselineBalance } from '../../comparison/baseline-balance.ts'
import { type SchoolBalance, schoolBalance } from '../../comparison/school-balance.ts'
import { numberIn } from '../../dataset/read-dataset.ts'
import { lovePlot } from '../../plots/love-plot.ts'
import { decimal } from '../../plots/number-words.ts'
import { type Block, type Chapter, figure, heading, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { armName, orDash, type Page, percentage, plotArms, refusal } from '../page.ts'

export type BaselinePart = {
  readonly labels: readonly {
    readonly name: string
    readonly label: Bilingual
    readonly values: readonly { readonly value: string; readonly label: Bilingual }[]
  }[]
  readonly arms: readonly {
    readonly arm: string
    readonly against: string
    readonly pupils: BaselineBalance
    /** of the pupils in the primary analysis: the ones to be graded */
    readonly analysed: BaselineBalance
    readonly schools: SchoolBalance
  }[]
}

/** What the two arms are compared on: outcomes, facts of the pupil, covariates of the plan. */
const comparedOn = ({ dataset, plan }: Context): readonly string[] => {
  const known = (name: string) => dataset.codebook.columns.some((column) => column.name === name)
  const names = [
    plan.primary.scale,
    ...plan.secondary.map(({ scale }) => scale),
    'age',
    'sex',
    'left_behind',
    ...plan.subgroups,
    ...plan.model.covariates,
  ]
  return [...new Set(names)].filter(known)
}

const covariateOf = ({ dataset }: Context, rows: readonly DatasetRow[], name: string) => {
  const column = dataset.codebook.columns.find((one) => one.name === name)! // comparedOn keeps known columns
  return column.type === 'string'
    ? { name, kind: 'groups' as const, values: rows.map((row) => row[name] || null) }
    : { name, kind: 'numbers' as const, values: rows.map((row) => numberIn(row, name)) }
}

export const baselinePart = (context: Context): BaselinePart => {
  const { dataset, programmes, control, baselineWave } = context
  const { codebook } = dataset
  const rows = dataset.rows.filter(({ wave }) => wave === baselineWave)
  const analysed = new Set(completePupils(context, context.plan.primary.scale).map(({ id }) => id))
  const hasValues = (name: string) => rows.some((row) => row[name])
  const names = comparedOn(context).filter(hasValues)
  return {
    labels: names.map((name) => {
      const { label, values = [] } = codebook.columns.find((column) => column.name === name)!
      return { name, label, values: values.map((one) => ({ value: String(one.value), label: one.label })) }
    }),
    arms: programmes.map((arm) => {
      const members = rows.filter((row) => row.arm === arm || row.arm === control)
      const allocated = (among: readonly DatasetRow[]) => among.map((row) => row.arm === arm)
      const covariates = (among: readonly DatasetRow[]) => names.map((name) => covariateOf(context, among, name))
      const balanceOf = (among: readonly DatasetRow[]) => baselineBalance(allocated(among), covariates(among))
      return {
        arm,
        against: control,
        pupils: balanceOf(members),
        analysed: balanceOf(members.filter(({ id }) => analysed.has(id!))),
        schools: schoolBalance(
          allocated(members),
          members.map(({ school }) => school!),
          covariates(members),
        ),
      }
    }),
  }
}

const words = {
  'zh-CN': {
    title: '基线时的两组',
    note: '标准化差异按 What Works Clearinghouse 的界限分级：≤0.05 相当；0.05 至 0.25 需在模型中校正；>0.25 即使校正也不算相当。分级按进入主要分析的学生。随机分组后的差异只能出于偶然，所以这里没有 p 值。',
    pupils: '学生',
    schools: '学校（各校均值的均值与标准差）',
    difference: '标准化差异',
    analysed: '进入分析者',
    grade: '分级',
    grades: { equivalent: '相当', adjust: '需校正', 'not-equivalent': '不相当' },
    known: '人数',
    count: '学校数',
    size: '每校人数',
  },
  en: {
    title: 'The arms at baseline',
    note: 'Standardised differences with the grades of the What Works Clearinghouse: up to .05 equivalent; .05 to .25 to be adjusted for; above .25 not equivalent even so. Graded are the pupils of the primary analysis. After an allocation by lot a difference can only be chance, so there are no p-values here.',
    pupils: 'Pupils',
    schools: 'Schools (mean and SD of the school means)',
    difference: 'standardised difference',
    analysed: 'of those analysed',
    grade: 'grade',
    grades: { equivalent: 'equivalent', adjust: 'adjust for it', 'not-equivalent': 'not equivalent' },
    known: 'n',
    count: 'schools',
    size: 'pupils per school',
  },
}

const nameOf = (page: Page, { labels }: BaselinePart, name: string, level: string | null): string => {
  const found = labels.find((one) => one.name === name)
  const label = found?.label[page.language] ?? name
  if (level === null) return label
  return page.words.joint(label, found?.values.find(({ value }) => value === level)?.label[page.language] ?? level)
}

/** Mean and SD, or the share of a level. */
const summary = (
  { mean, standardDeviation }: { readonly mean: number | null; readonly standardDeviation: number | null },
  isShare: boolean,
) => (mean === null ? '–' : isShare ? percentage(mean) : `${decimal(mean)} (${orDash(standardDeviation)})`)

const pupilRows = (page: Page, part: BaselinePart, { pupils, analysed }: BaselinePart['arms'][number]): readonly Row[] => {
  const said = words[page.language]
  const size = (difference: BaselineBalance['rows'][number]['difference'] | undefined) =>
    !difference ? '–' : difference.kind === 'estimated' ? decimal(difference.estimate) : refusal(page, difference)
  return pupils.rows.map(({ name, level, programme, control, difference }) => {
    const graded = analysed.rows.find((row) => row.name === name && row.level === level)?.difference
    return {
      head: nameOf(page, part, name, level),
      cells: [
        summary(programme, level !== null),
        summary(control, level !== null),
        `${programme.n} / ${control.n}`,
        size(difference),
        size(graded),
        graded?.kind === 'estimated' ? said.grades[graded.grade] : '–',
      ],
    }
  })
}

const schoolRows = (page: Page, part: BaselinePart, { schools }: BaselinePart['arms'][number]): readonly Row[] => {
  const said = words[page.language]
  const { programme, control } = schools.sizes
  return [
    { head: said.count, cells: [String(programme.n), String(control.n)] },
    { head: said.size, cells: [summary(programme, false), summary(control, false)] },
    ...schools.rows.map((row) => ({
      head: nameOf(page, part, row.name, row.level),
      cells: [row.programme, row.control].map((arm) =>
        arm.mean === null
          ? '–'
          : row.level === null
            ? summary(arm, false)
            : `${percentage(arm.mean)} (${arm.standardDeviation === null ? '–' : percentage(arm.standardDeviation)})`,
      ),
    })),
  ]
}

const blocksOf = (page: Page, part: BaselinePart, own: BaselinePart['arms'][number]): readonly Block[] => {
  const said = words[page.language]
  const arms = [armName(page, own.arm), armName(page, own.against)]
  return [
    heading(said.pupils),
    table(['', ...arms, said.known, said.difference, said.analysed, said.grade], pupilRows(page, part, own)),
    heading(said.schools),
    table(['', ...arms], schoolRows(page, part, own)),
  ]
}

export const baselineChapter = (page: Page): Chapter => {
  const { report, language } = page
  const said = words[language]
  const part = report.baseline
  const programmes = plotArms(page).filter(({ control }) => !control)
  const first = part.arms[0]!
  const love = lovePlot(
    {
      control: armName(page, first.against),
      arms: programmes,
      rows: first.pupils.rows.map(({ name, level }, place) => ({
        label: nameOf(page, part, name, level),
        level: 'pupil' as const,
        points: part.arms.map(({ arm, pupils }) => {
          const difference = pupils.rows[place]?.difference
          return { arm, difference: difference?.kind === 'estimated' ? difference.estimate : null }
        }),
      })),
    },
    language,
  )
  return {
    id: 'baseline',
    title: said.title,
    blocks: [quiet(said.note), ...part.arms.flatMap((own) => blocksOf(page, part, own)), figure(love)],
  }
}
