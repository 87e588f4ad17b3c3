/** The methods as a paper would tell them, and their sources: found in the record itself, so that none is named that was not used. */
import type { Bilingual } from '@tongxing/instruments'
import { type Block, type Chapter, text } from '../block.ts'
import { adjustmentNames, type Method, methods } from '../methods.ts'
import { armName, outcomesOf, type Page, percentage, waveName } from '../page.ts'

const methodsIn = (value: unknown, found: Set<string>): Set<string> => {
  if (Array.isArray(value)) for (const one of value) methodsIn(one, found)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'method' && typeof inner === 'string') found.add(inner)
      else methodsIn(inner, found)
    }
  return found
}

/** Every method named anywhere in the parts of a record, in the order of the catalogue. Throws on one that the catalogue does not know. */
export const methodsUsed = (parts: unknown): readonly Method[] => {
  const used = methodsIn(parts, new Set())
  const unknown = [...used].find((id) => !methods.some((method) => method.ids.includes(id)))
  if (unknown) throw new Error(`the catalogue of methods has no ${unknown}`)
  return methods.filter(({ ids }) => ids.some((id) => used.has(id)))
}

const words = {
  'zh-CN': {
    design: (arms: string, schools: number, pupils: number, waves: string) =>
      `本研究以学校为单位分组（${arms}），${schools} 所学校、${pupils} 名学生，轮次为${waves}。`,
    model: (scale: string, covariates: string) =>
      `主要结局为${scale}。组间效应由线性混合模型估计：后测得分对组别、基线得分（已中心化）${covariates}回归，学校为随机截距，REML 估计，标准误与自由度按 Kenward–Roger 法；只用两轮均有得分的学生。`,
    covariates: (names: string) => `及${names}`,
    inference: (level: string) => `区间均为 ${level}，双侧。`,
    family: (method: string) => `次要结局的 p 值按 ${method} 法校正。`,
    sensitivity: '敏感性分析：CR2 聚类稳健标准误，以及把学校重新分组的置换检验。',
    imputation: (m: number, iterations: number) =>
      `缺失值用链式方程多重插补（预测均值匹配，考虑学校，${m} 次插补、每次 ${iterations} 轮），按 Rubin 规则合并，并对插补值加 δ 检验非随机缺失的影响。`,
    subgroups: (names: string) => `分组效应用交互项检验（${names}）。`,
    plan: (date: string, hash: string) => `分析计划定稿于 ${date}（SHA-256 ${hash}…）。`,
    noPlan: '没有事先的分析计划。',
    software: (version: string) => `计算软件：童行 ${version}。`,
    sources: '出处',
    and: '、',
  },
  en: {
    design: (arms: string, schools: number, pupils: number, waves: string) =>
      `Whole schools were allocated to arms (${arms}): ${schools} schools with ${pupils} pupils, in the waves ${waves}. `,
    model: (scale: string, covariates: string) =>
      `The primary outcome is ${scale}. The effect between arms comes from a linear mixed model: score after on arm, baseline score (centred)${covariates}, with a random intercept for schools, by REML, with standard errors and degrees of freedom after Kenward and Roger, among pupils with both scores. `,
    covariates: (names: string) => ` and ${names}`,
    inference: (level: string) => `Intervals are two-sided ${level} intervals. `,
    family: (method: string) => `The p-values of secondary outcomes are adjusted after ${method}. `,
    sensitivity: 'Sensitivity: CR2 cluster-robust standard errors, and a permutation of arms over schools. ',
    imputation: (m: number, iterations: number) =>
      `Missing values were imputed by chained equations (predictive mean matching, schools counted, ${m} tables of ${iterations} iterations), pooled by Rubin’s rules, and moved by delta to ask what values not missing at random would do. `,
    subgroups: (names: string) => `Subgroup effects are tested by interactions (${names}). `,
    plan: (date: string, hash: string) => `The analysis plan was frozen on ${date} (SHA-256 ${hash}…). `,
    noPlan: 'There was no analysis plan. ',
    software: (version: string) => `Computed with Tongxing 童行 ${version}.`,
    sources: 'Sources',
    and: ', ',
  },
}

/** What was done, in sentences: only what the record holds. */
const toldBy = (page: Page): string => {
  const { report, language } = page
  const said = words[language]
  const { design, dataset, imputation, plan, subgroups } = report
  const listed = (names: readonly string[]) => names.join(said.and)
  const covariates = report.primary.model.kind === 'estimated' ? report.primary.model.coefficients.map(({ name }) => name) : []
  const extra = design.covariates
    .filter((name) => covariates.includes(name))
    .map((name) => report.covariateLabels[name]?.[language] ?? name)
  return [
    said.design(
      listed(report.arms.map(({ id }) => armName(page, id))),
      dataset.schools,
      dataset.participants,
      listed(report.waves.map(({ id }) => waveName(page, id))),
    ),
    said.model(report.primary.label[language], extra.length > 0 ? said.covariates(listed(extra)) : ''),
    said.inference(percentage(design.level, Number.isInteger(100 * design.level) ? 0 : 1)),
    ...(outcomesOf(report).length > 1 ? [said.family(adjustmentNames[design.multiplicity])] : []),
    ...(report.primaryEffects.length > 0 ? [said.sensitivity] : []),
    ...(imputation?.kind === 'estimated' ? [said.imputation(imputation.imputations, imputation.iterations)] : []),
    ...(subgroups.length > 0 ? [said.subgroups(listed(subgroups.map(({ label }) => label[language])))] : []),
    plan ? said.plan(plan.frozenOn, plan.hash.slice(0, 16)) : said.noPlan,
    said.software(report.codeVersion),
  ].join('')
}

export const methodsChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const source = ({ name, reference, doi }: { readonly name: Bilingual; readonly reference: string; readonly doi: string | null }) =>
    `${name[language]}${language === 'en' ? '. ' : '。'}${reference}${doi ? ` doi:${doi}` : ''}`
  const sources: Block = { kind: 'list', ordered: true, items: report.methods.map(source) }
  return { id: 'methods', title: common.methods, blocks: [text(toldBy(page)), { kind: 'heading', text: words[language].sources }, sources] }
}
