/** What plan.json fixes, as the table of plan.md. Simulated study, not real data (模拟研究·非真实数据). */
import type { FrozenPlan } from '@tongxing/analysis'

const listed = (values: readonly (string | number)[]) => values.join(', ') || 'none'

/** One row for each thing that the plan says, in the order of the report. */
export const planTable = ({ plan, hash }: FrozenPlan): string => {
  const { primary, model, individuals, careless, missing, equivalence, dose } = plan
  const rows: readonly (readonly [string, string])[] = [
    ['frozen on · 冻结日期', plan.frozenOn],
    ['SHA-256 · 校验值', `\`${hash}\``],
    ['primary outcome · 主要结局', `${primary.scale} at ${primary.wave}, baseline at ${primary.baselineWave}`],
    ['model · 模型', `random intercept for schools; baseline score of the outcome; other covariates: ${listed(model.covariates)}`],
    ['further waves · 其他轮次', listed(plan.waves)],
    ['secondary outcomes · 次要结局', listed(plan.secondary.map(({ scale }) => scale))],
    ['p-values of the secondary · 多重校正', plan.multiplicity.method],
    ['level of intervals, two-sided alpha · 区间水平', `${plan.level}, ${plan.alpha}`],
    ['subgroups · 亚组', listed(plan.subgroups)],
    ['cut-off of the primary scale · 切分点', String(plan.cutOff ?? 'none')],
    [
      'reliable change · 可靠改变',
      individuals ? `beyond ${individuals.limit} standard errors; cut-off ${individuals.cutOff ?? 'none'}` : 'not planned',
    ],
    [
      'no difference · 等效界值',
      equivalence ? `within ${equivalence.margin} points of ${equivalence.scale ?? primary.scale}` : 'not tested',
    ],
    [
      'missing data · 缺失处理',
      missing
        ? `${missing.imputations} imputations of ${missing.iterations} rounds, seed ${missing.seed}; not at random by ${listed(missing.deltas)} points`
        : 'complete cases',
    ],
    [
      'careless sheets · 不认真作答',
      careless
        ? `of ${listed(careless.instruments)}: ${listed([
            ...(careless.longString === undefined ? [] : [`a run of ${careless.longString}`]),
            ...(careless.variabilityBelow === undefined ? [] : [`variability below ${careless.variabilityBelow}`]),
            ...(careless.mahalanobis === undefined ? [] : [`Mahalanobis beyond ${careless.mahalanobis}`]),
          ])}; at least ${careless.atLeast} of them; results with and without`
        : 'not looked for',
    ],
    ['dose · 干预剂量', dose ? dose.column : 'none'],
    ['smallest cell shown · 最小单元格', String(plan.minimumCell)],
  ]
  return ['| what is fixed | |', '|---|---|', ...rows.map(([what, how]) => `| ${what} | ${how} |`)].join('\n')
}
