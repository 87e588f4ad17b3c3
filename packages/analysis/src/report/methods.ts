import type { Bilingual } from '@tongxing/instruments'

export type Method = { readonly id: string; readonly name: Bilingual; readonly reference: string; readonly doi: string | null }

const method = (id: string, zh: string, en: string, reference: string, doi: string | null = null): Method => ({
  id,
  name: { 'zh-CN': zh, en },
  reference,
  doi,
})

/** Every method behind a number of the report, with its source. */
export const methods: readonly Method[] = [
  method(
    'random-intercept-reml-kenward-roger',
    '线性混合模型（学校随机截距，REML）；标准误与自由度按 Kenward–Roger 法校正',
    'linear mixed model with a random intercept for schools, by REML; standard errors and degrees of freedom after Kenward and Roger',
    'Kenward, M. G. & Roger, J. H. (1997). Small sample inference for fixed effects from restricted maximum likelihood. Biometrics, 53, 983–997.',
    '10.2307/2533558',
  ),
  method(
    'paired-t',
    '组内变化：配对 t 检验；d_z 的区间用非中心 t 分布',
    'change within an arm: paired t test; the interval of d_z by the noncentral t distribution',
    'Student (1908). The probable error of a mean. Biometrika, 6, 1–25.',
    '10.1093/biomet/6.1.1',
  ),
  method(
    'welch-t',
    '（仅作对照）忽略学校时的 Welch t 检验',
    "(for comparison only) Welch's t test, which ignores schools",
    "Welch, B. L. (1947). The generalization of Student's problem when several different population variances are involved. Biometrika, 34, 28–35.",
    '10.1093/biomet/34.1-2.28',
  ),
  method(
    'hedges-g',
    '（仅作对照）Hedges g：精确小样本校正与非中心 t 区间',
    "(for comparison only) Hedges' g with the exact small-sample correction and a noncentral t interval",
    "Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal of Educational Statistics, 6, 107–128.",
    '10.3102/10769986006002107',
  ),
  method(
    'cronbach-alpha-feldt',
    'Cronbach α 与 Feldt 区间（基线，作答完整者）',
    "Cronbach’s alpha with Feldt's interval (baseline, complete sheets)",
    'Feldt, L. S. (1965). The approximate sampling distribution of Kuder–Richardson reliability coefficient twenty. Psychometrika, 30, 357–370.',
    '10.1007/BF02289499',
  ),
]
