/** Who was lost: overall and differential attrition against the boundary of the What Works Clearinghouse, and whether the lost were different. */

import type { Bilingual } from '@tongxing/instruments'
import { type Attrition, attrition } from '../../comparison/attrition.ts'
import { attritionTable } from '../../comparison/attrition-table.ts'
import { type WhoWasLost, whoWasLost } from '../../comparison/who-was-lost.ts'
import { attritionBoundary } from '../../plots/attrition-boundary.ts'
import { decimal } from '../../plots/number-words.ts'
import type { NotEstimable } from '../../result.ts'
import { type Chapter, figure, heading, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { armName, firstPair, orDash, type Page, percentage, refusal } from '../page.ts'

export type AttritionPart = {
  readonly arm: string
  readonly against: string
  readonly pupils: Attrition | NotEstimable
  readonly schools: Attrition | NotEstimable
  readonly lost: WhoWasLost
  readonly groups: readonly {
    readonly name: string
    readonly label: Bilingual
    readonly values: readonly { readonly value: string; readonly label: Bilingual }[]
  }[]
}

/** Of the first programme arm against the control: allocated are pupils with a sheet at baseline, lost those without a score after. */
export const attritionPart = (context: Context): AttritionPart => {
  const { plan, programmes, control, dataset, baselineWave } = context
  const arm = programmes[0]!
  const all = context.pupils(plan.primary.scale).filter(({ facts }) => facts.wave === baselineWave)
  const own = (name: string) => all.filter((pupil) => pupil.arm === name)
  const rate = (name: string) => ({ allocated: own(name).length, analysed: own(name).filter(({ post }) => post !== null).length })
  const schoolRate = (name: string) => {
    const schools = Map.groupBy(own(name), ({ school }) => school)
    return { allocated: schools.size, analysed: [...schools.values()].filter((pupils) => pupils.some(({ post }) => post !== null)).length }
  }
  const names = plan.subgroups.filter((name) => all.some(({ facts }) => facts[name]))
  return {
    arm,
    against: control,
    pupils: attrition({ programme: rate(arm), control: rate(control) }),
    schools: attrition({ programme: schoolRate(arm), control: schoolRate(control) }),
    lost: whoWasLost(
      all
        .filter((pupil) => pupil.arm === arm || pupil.arm === control)
        .map((pupil) => ({
          inProgramme: pupil.arm === arm,
          lost: pupil.post === null,
          baseline: pupil.baseline,
          groups: Object.fromEntries(names.map((name) => [name, pupil.facts[name] || null])),
        })),
    ),
    groups: names.map((name) => {
      const { label, values = [] } = dataset.codebook.columns.find((column) => column.name === name)! // checkPlan knows them
      return { name, label, values: values.map((one) => ({ value: String(one.value), label: one.label })) }
    }),
  }
}

const words = {
  'zh-CN': {
    title: '流失',
    note: '分配后没有主要结局得分的，算作流失。总流失与两组流失之差一起决定偏差的风险：落在谨慎界限内为低，两条界限之间视情形而定，界限之外为高（What Works Clearinghouse）。',
    unit: { schools: '学校', pupils: '学生' },
    columns: { unit: '', programme: '干预组', overall: '总流失', differential: '两组之差', grade: '偏差风险' },
    grades: { 'low-cautious': '低（谨慎界限内）', 'low-optimistic': '低（仅乐观界限内）', high: '高' },
    who: '流失的是谁',
    whoNote: '留下者与流失者的基线得分；若两组流失的学生不一样，完整数据的结果会有偏差。',
    stayed: '留下',
    gone: '流失',
    difference: '标准化差异（流失减留下）',
    rate: '流失比例',
  },
  en: {
    title: 'Attrition',
    note: 'Lost are pupils without a score on the primary outcome. Overall loss and its difference between the arms decide together how much bias to fear: little within the cautious boundary, an open question between the two, much beyond (What Works Clearinghouse).',
    unit: { schools: 'schools', pupils: 'pupils' },
    columns: { unit: '', programme: 'programme', overall: 'overall', differential: 'difference', grade: 'risk of bias' },
    grades: {
      'low-cautious': 'low (within the cautious boundary)',
      'low-optimistic': 'low (within the optimistic boundary only)',
      high: 'high',
    },
    who: 'Who was lost',
    whoNote: 'Baseline scores of those who stayed and those who were lost. If the arms lost different pupils, the complete cases mislead.',
    stayed: 'stayed',
    gone: 'lost',
    difference: 'standardised difference (lost − stayed)',
    rate: 'share lost',
  },
}

const rateRow = (page: Page, unit: 'schools' | 'pupils', result: Attrition | NotEstimable): Row => {
  const said = words[page.language]
  const head = said.unit[unit]
  if (result.kind === 'not-estimable') return { head, cells: { says: refusal(page, result) } }
  const arm = ({ allocated, analysed, rate }: Attrition['programme']) => `${allocated - analysed} / ${allocated} (${percentage(rate)})`
  return {
    head,
    cells: [
      arm(result.programme),
      arm(result.control),
      percentage(result.overall),
      percentage(result.differential),
      said.grades[result.grade],
    ],
  }
}

const scoreRows = (page: Page, part: AttritionPart): readonly Row[] => {
  const { baseline } = part.lost
  if (!baseline) return []
  return (['programme', 'control'] as const).flatMap((side): readonly Row[] => {
    const own = baseline[side]
    const arm = side === 'programme' ? part.arm : part.against
    if (!own) return []
    const shown = ({
      n,
      mean,
      standardDeviation,
    }: {
      readonly n: number
      readonly mean: number | null
      readonly standardDeviation: number | null
    }) => (n < page.report.design.minimumCell ? `– (n = ${n})` : `${orDash(mean)} (${orDash(standardDeviation)}, n = ${n})`)
    return [
      {
        head: armName(page, arm),
        arm,
        cells: [
          shown(own.stayed),
          shown(own.lost),
          own.difference.kind === 'estimated' ? decimal(own.difference.estimate) : refusal(page, own.difference),
        ],
      },
    ]
  })
}

const groupRows = (page: Page, { lost, groups }: AttritionPart): readonly Row[] =>
  lost.groups.map(({ name, level, programme, control }) => {
    const known = groups.find((one) => one.name === name)
    const label = known?.values.find(({ value }) => value === level)?.label[page.language] ?? level
    const shown = (arm: { readonly lost: number; readonly n: number; readonly rate: number | null }) =>
      arm.n < page.report.design.minimumCell || arm.rate === null ? '–' : percentage(arm.rate)
    return { head: page.words.joint(known?.label[page.language] ?? name, label), cells: [shown(programme), shown(control)] }
  })

export const attritionChapter = (page: Page): Chapter => {
  const { report, language } = page
  const said = words[language]
  const part = report.attrition
  const arms = [armName(page, part.arm), armName(page, part.against)]
  const points = (['schools', 'pupils'] as const).flatMap((unit) => {
    const result = part[unit]
    return result.kind === 'estimated' ? [{ label: said.unit[unit], unit, overall: result.overall, differential: result.differential }] : []
  })
  const share = (percent: number) => percent / 100
  const boundary = attritionTable.map(({ overall, cautious, optimistic }) => ({
    overall: share(overall),
    cautious: share(cautious),
    optimistic: share(optimistic),
  }))
  const [scores, groups] = [scoreRows(page, part), groupRows(page, part)]
  return {
    id: 'attrition',
    title: said.title,
    blocks: [
      quiet(said.note),
      ...firstPair(page),
      table(
        ['', ...arms, said.columns.overall, said.columns.differential, said.columns.grade],
        (['schools', 'pupils'] as const).map((unit) => rateRow(page, unit, part[unit])),
      ),
      figure(attritionBoundary({ boundary, points }, language)),
      heading(said.who),
      text(said.whoNote, 'quiet'),
      ...(scores.length > 0 ? [table(['', said.stayed, said.gone, said.difference], scores)] : []),
      ...(groups.length > 0 ? [table([said.rate, ...arms], groups)] : []),
    ],
  }
}
