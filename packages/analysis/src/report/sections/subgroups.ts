/** Whether the effect differs between groups of pupils: an interaction test for each, and the effect within each in a forest. */
import type { Bilingual } from '@tongxing/instruments'
import { clusterRobust } from '../../models/cluster-robust.ts'
import { randomIntercept } from '../../models/random-intercept.ts'
import { schoolSums } from '../../models/school-sums.ts'
import { outcomeForest } from '../../plots/outcome-forest.ts'
import { type NotEstimable, notEstimable } from '../../result.ts'
import { type Chapter, figure, quiet } from '../block.ts'
import type { Context, Standing } from '../context.ts'
import { pooledBaseline, standardised } from '../contrast.ts'
import { completePupils, covariateNames, effectAmong } from '../effect-among.ts'
import { firstPair, type Page, refusal, standingWords } from '../page.ts'
import type { CompletePupil } from '../pupils.ts'
import type { AdjustedEffect, StandardisedEffect } from '../record.ts'
import { turned } from './outcomes.ts'

type Level = {
  readonly value: string
  readonly label: Bilingual
  readonly n: readonly [number, number]
  readonly effect: AdjustedEffect | NotEstimable
  readonly standardised: StandardisedEffect | NotEstimable
}
type Interaction = {
  readonly kind: 'estimated'
  readonly method: string
  readonly statistic: number
  readonly df: readonly number[]
  readonly p: number
}
export type Subgroup = {
  readonly column: string
  readonly label: Bilingual
  readonly standing: Standing
  readonly unknown: number
  readonly interaction: Interaction | NotEstimable
  readonly levels: readonly Level[]
}

/** Arm by group: one coefficient by Kenward-Roger, several by the HTZ test of CR2. */
const interactionOf = (
  context: Context,
  pupils: readonly CompletePupil[],
  values: readonly string[],
  column: string,
): Interaction | NotEstimable => {
  const others = values.slice(1)
  if (others.length === 0) return notEstimable('no-variation')
  const { plan, programmes, control, level } = context
  const arm = programmes[0]!
  const members = pupils.filter((pupil) => pupil.arm === arm || pupil.arm === control)
  const inGroup = (pupil: CompletePupil) => others.map((value) => Number(pupil.facts[column] === value))
  const kept = covariateNames(context, plan.primary.scale).flatMap((name, k) => (name.split(':')[0] === column ? [] : [k]))
  const rows = members.map((pupil) => {
    const [treated, groups] = [Number(pupil.arm === arm), inGroup(pupil)]
    return {
      school: pupil.school,
      values: [
        ...groups.map((one) => treated * one),
        treated,
        ...groups,
        pupil.baseline,
        ...kept.map((k) => pupil.covariates[k]!),
        pupil.post,
      ],
    }
  })
  const names = rows[0] ? Array.from({ length: rows[0].values.length - 1 }, (_, k) => `x${k}`) : []
  if (rows.length === 0) return notEstimable('too-few-values')
  if (others.length === 1) {
    const model = randomIntercept(schoolSums(rows), names, level)
    if (model.kind === 'not-estimable') return model
    const { statistic, df, p } = model.coefficients[1]!
    return { kind: 'estimated', method: model.method, statistic, df: [df], p }
  }
  const robust = clusterRobust(schoolSums(rows), names, 'CR2', level)
  if (robust.kind === 'not-estimable') return robust
  const wald = robust.wald(others.map((_, k) => k + 1))
  return wald
    ? { kind: 'estimated', method: 'CR2', statistic: wald.statistic, df: [wald.dfNumerator, wald.dfDenominator], p: wald.p }
    : notEstimable('too-few-schools')
}

const levelOf = (context: Context, pupils: readonly CompletePupil[], value: string, label: Bilingual): Level => {
  const { plan, programmes, control } = context
  const inArm = (arm: string) => pupils.filter((pupil) => pupil.arm === arm)
  const [programme, others] = [inArm(programmes[0]!), inArm(control)]
  const n = [programme.length, others.length] as const
  const effect = Math.min(...n) < plan.minimumCell ? notEstimable('small-cell') : effectAmong(context, plan.primary.scale, pupils)
  return { value, label, n, effect, standardised: standardised(effect, pooledBaseline(programme, others)) }
}

const subgroupOf = (context: Context, name: string): Subgroup => {
  const { columns } = context.dataset.codebook
  const column = columns.find((candidate) => candidate.name === name)! // checkPlan refuses another
  const pupils = completePupils(context, context.plan.primary.scale)
  const known = pupils.filter(({ facts }) => facts[name] !== '' && facts[name] !== undefined)
  const seen = new Set(known.map(({ facts }) => facts[name]!))
  const coded = (column.values ?? []).map(({ value, label }) => ({ value: String(value), label }))
  const plain = [...seen].toSorted().map((value) => ({ value, label: { 'zh-CN': value, en: value } }))
  const levels = (coded.length > 0 ? coded : plain).filter(({ value }) => seen.has(value))
  return {
    column: name,
    label: column.label,
    standing: context.standing(context.plan.subgroups.includes(name)),
    unknown: pupils.length - known.length,
    interaction: interactionOf(
      context,
      known,
      levels.map(({ value }) => value),
      name,
    ),
    levels: levels.map(({ value, label }) =>
      levelOf(
        context,
        known.filter(({ facts }) => facts[name] === value),
        value,
        label,
      ),
    ),
  }
}

/** Of the first programme arm against the control. A fact that nobody's sheet holds, or that is the same for all, is no subgroup. */
export const subgroupsPart = (context: Context): readonly Subgroup[] =>
  context.plan.subgroups.map((name) => subgroupOf(context, name)).filter(({ levels }) => levels.length > 1)

const words = {
  'zh-CN': {
    title: '分组效应',
    note: '问题不是“每组里有没有显著”，而是“各组的效应是否不同”：看交互检验的 p。每组人数少、区间宽，没有看出差别不等于没有差别。',
    axis: '标准化效应（基线标准差），向右为改善',
    unknown: (label: string, count: number) => `${label}不详：${count} 名学生未计入。`,
    refused: (label: string, why: string) => `${label}：交互检验${why}`,
  },
  en: {
    title: 'Subgroups',
    note: 'The question is not whether each group is “significant” but whether the effect differs between groups: look at the p of the interaction. Groups are small and intervals wide; no difference seen is not no difference.',
    axis: 'effect in baseline SDs, improvement to the right',
    unknown: (label: string, count: number) => `${label} not known: ${count} pupils are left out.`,
    refused: (label: string, why: string) => `${label}: interaction ${why}`,
  },
}

export const subgroupsChapter = (page: Page): Chapter | null => {
  const { report, language } = page
  const { subgroups } = report
  if (subgroups.length === 0) return null
  const said = words[language]
  const groups = subgroups.map(({ label, interaction, levels, standing }) => ({
    heading: label[language],
    interactionP: interaction.kind === 'estimated' ? interaction.p : null,
    rows: levels.map((level) => {
      const { effect } = level
      const isHidden = effect.kind === 'not-estimable' && effect.reason === 'small-cell'
      return {
        label: level.label[language],
        n: isHidden ? null : level.n[0] + level.n[1],
        primary: false,
        exploratory: standing === 'exploratory',
        effect: turned(level.standardised, report.primary.direction),
        ...(effect.kind === 'not-estimable' ? { reason: refusal(page, effect) } : {}),
      }
    }),
  }))
  const notes = subgroups.flatMap(({ label, unknown, interaction }) => [
    ...(unknown > 0 ? [said.unknown(label[language], unknown)] : []),
    ...(interaction.kind === 'not-estimable' ? [said.refused(label[language], refusal(page, interaction))] : []),
  ])
  return {
    id: 'subgroups',
    title: said.title,
    ...standingWords(page, subgroups.every(({ standing }) => standing === 'exploratory') ? 'exploratory' : 'planned'),
    blocks: [quiet(said.note), ...firstPair(page), figure(outcomeForest({ axis: said.axis, groups }, language)), ...notes.map(quiet)],
  }
}
