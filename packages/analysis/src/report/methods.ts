import type { Bilingual } from '@tongxing/instruments'
import type { Adjustment } from '../multiplicity/adjusted-p.ts'

/** `ids` are the names under which results say that they used it. */
export type Method = {
  readonly ids: readonly string[]
  readonly id: string
  readonly name: Bilingual
  readonly reference: string
  readonly doi: string | null
}

const method = (ids: string | readonly string[], zh: string, en: string, reference: string, doi: string | null = null): Method => {
  const all = typeof ids === 'string' ? [ids] : ids
  return { ids: all, id: all[0]!, name: { 'zh-CN': zh, en }, reference, doi }
}

export const adjustmentNames: Readonly<Record<Adjustment, string>> = {
  holm: 'Holm',
  hochberg: 'Hochberg',
  hommel: 'Hommel',
  bonferroni: 'Bonferroni',
  BH: 'Benjamini–Hochberg',
  BY: 'Benjamini–Yekutieli',
}

/** Every method behind a number of the report, with its source. A report lists those that it used. */
export const methods: readonly Method[] = [
  method(
    'random-intercept-reml-kenward-roger',
    '组间效应：线性混合模型（学校随机截距，REML）；标准误与自由度按 Kenward–Roger 法校正',
    'Effects between arms: linear mixed model with a random intercept for schools, by REML; standard errors and degrees of freedom after Kenward and Roger',
    'Kenward, M. G. & Roger, J. H. (1997). Small sample inference for fixed effects from restricted maximum likelihood. Biometrics, 53, 983–997.',
    '10.2307/2533558',
  ),
  method(
    ['CR2', 'least-squares-cr2'],
    '敏感性分析：聚类稳健标准误 CR2，自由度按 Satterthwaite 法',
    'Sensitivity: cluster-robust standard errors CR2 with Satterthwaite’s degrees of freedom',
    'Pustejovsky, J. E. & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics, 36, 672–683.',
    '10.1080/07350015.2016.1247004',
  ),
  method(
    ['school-permutation-exact', 'school-permutation-drawn'],
    '敏感性分析：以学校为单位的置换检验',
    'Sensitivity: permutation of the arms over schools',
    'Gail, M. H. et al. (1996). On design considerations and randomization-based inference for community intervention trials. Statistics in Medicine, 15, 1069–1092.',
    '10.1002/(SICI)1097-0258(19960615)15:11<1069::AID-SIM220>3.0.CO;2-Q',
  ),
  method(
    'profile-likelihood-ml',
    'ICC 的区间：剖面似然',
    'Interval of the ICC: profile likelihood',
    'Venzon, D. J. & Moolgavkar, S. H. (1988). A method for computing profile-likelihood-based confidence intervals. Applied Statistics, 37, 87–94.',
    '10.2307/2347496',
  ),
  method(
    'cohens-d',
    '（仅作对照）Cohen d 与非中心 t 区间',
    "(for comparison only) Cohen's d with a noncentral t interval",
    'Cohen, J. (1988). Statistical power analysis for the behavioral sciences, 2nd ed. Erlbaum.',
  ),
  method(
    'glass-delta',
    '（仅作对照）Glass Δ',
    "(for comparison only) Glass's delta",
    'Glass, G. V. (1976). Primary, secondary, and meta-analysis of research. Educational Researcher, 5, 3–8.',
    '10.3102/0013189X005010003',
  ),
  method(
    'pre-post-control',
    '（仅作对照）前后对照设计的效应量 d_ppc',
    '(for comparison only) effect sizes of pretest-posttest-control designs, d_ppc',
    'Morris, S. B. (2008). Estimating effect sizes from pretest-posttest-control group designs. Organizational Research Methods, 11, 364–386.',
    '10.1177/1094428106291059',
  ),
  method(
    'ancova',
    '（仅作对照）协方差分析校正的 g',
    '(for comparison only) g adjusted by analysis of covariance',
    'Fisher, R. A. (1932). Statistical methods for research workers, 4th ed. Oliver & Boyd.',
  ),
  method(
    'shrout-fleiss',
    '对照组前后两轮的一致性：ICC(2,1) 与 ICC(3,1)',
    'Agreement of the two waves in the control arm: ICC(2,1) and ICC(3,1)',
    'Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: Uses in assessing rater reliability. Psychological Bulletin, 86, 420–428.',
    '10.1037/0033-2909.86.2.420',
  ),
  method(
    'generalised-estimating-equations',
    '达到界值：广义估计方程（学校内可交换相关），Kauermann–Carroll 校正',
    'Shares at the cut-off: generalised estimating equations (exchangeable within schools) with the correction of Kauermann and Carroll',
    'Kauermann, G. & Carroll, R. J. (2001). A note on the efficiency of sandwich covariance matrix estimation. Journal of the American Statistical Association, 96, 1387–1396.',
    '10.1198/016214501753382309',
  ),
  method(
    'cluster-corrected-g',
    '按学校校正的 g',
    'g corrected for schools',
    'Hedges, L. V. (2007). Effect sizes in cluster-randomized designs. Journal of Educational and Behavioral Statistics, 32, 341–370.',
    '10.3102/1076998606298043',
  ),
  method(
    'wwc-baseline-equivalence',
    '基线的标准化差异及其分级',
    'Standardised differences at baseline and their grades',
    'What Works Clearinghouse (2017). Standards Handbook, Version 4.0. U.S. Department of Education.',
  ),
  method(
    'cox-index',
    '两分变量的标准化差异：Cox 指数',
    'Standardised differences of shares: Cox’s index',
    'Sánchez-Meca, J., Marín-Martínez, F. & Chacón-Moscoso, S. (2003). Effect-size indices for dichotomized outcomes in meta-analysis. Psychological Methods, 8, 448–467.',
    '10.1037/1082-989X.8.4.448',
  ),
  method(
    'wwc-attrition',
    '流失与偏差风险的界限',
    'Attrition and the boundary of its bias',
    'What Works Clearinghouse (2017). Standards Handbook, Version 4.0. U.S. Department of Education.',
  ),
  method(
    'paired-t',
    '组内变化：配对 t 检验',
    'Change within an arm: paired t test',
    'Student (1908). The probable error of a mean. Biometrika, 6, 1–25.',
    '10.1093/biomet/6.1.1',
  ),
  method(
    'standardised-change',
    '组内效应量 d_z、d_rm、d_av',
    'Effect sizes within arms: d_z, d_rm, d_av',
    'Lakens, D. (2013). Calculating and reporting effect sizes to facilitate cumulative science. Frontiers in Psychology, 4, 863.',
    '10.3389/fpsyg.2013.00863',
  ),
  method(
    ['wilcoxon-signed-rank-exact', 'wilcoxon-signed-rank-normal-approximation'],
    '组内变化：Wilcoxon 符号秩检验',
    'Change within an arm: Wilcoxon’s signed rank test',
    'Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin, 1, 80–83.',
    '10.2307/3001968',
  ),
  method(
    'jacobson-truax',
    '个体的可靠变化',
    'Reliable change of individuals',
    'Jacobson, N. S. & Truax, P. (1991). Clinical significance. Journal of Consulting and Clinical Psychology, 59, 12–19.',
    '10.1037/0022-006X.59.1.12',
  ),
  method(
    'repeated-measures-reml-kenward-roger',
    '各轮次：重复测量线性混合模型，Kenward–Roger 法',
    'Course over waves: linear mixed model for repeated measures, after Kenward and Roger',
    'Laird, N. M. & Ware, J. H. (1982). Random-effects models for longitudinal data. Biometrics, 38, 963–974.',
    '10.2307/2529876',
  ),
  method(
    'chained-equations-predictive-mean-matching',
    '缺失数据：链式方程多重插补（预测均值匹配，考虑学校）',
    'Missing data: multiple imputation by chained equations with predictive mean matching, schools counted',
    'van Buuren, S. & Groothuis-Oudshoorn, K. (2011). mice: Multivariate imputation by chained equations in R. Journal of Statistical Software, 45(3).',
    '10.18637/jss.v045.i03',
  ),
  method(
    'rubin-barnard-rubin',
    '插补结果的合并与自由度',
    'Pooling of imputed tables and its degrees of freedom',
    'Barnard, J. & Rubin, D. B. (1999). Small-sample degrees of freedom with multiple imputation. Biometrika, 86, 948–955.',
    '10.1093/biomet/86.4.948',
  ),
  method(
    'delta-adjusted-imputation',
    '非随机缺失的敏感性：插补值加 δ',
    'Sensitivity to values not missing at random: imputations moved by delta',
    'Cro, S. et al. (2020). Sensitivity analysis for clinical trials with missing continuous outcome data using controlled multiple imputation. Statistics in Medicine, 39, 2815–2842.',
    '10.1002/sim.8569',
  ),
  method(
    'careless-indices',
    '作答是否认真：长串、变异与马氏距离',
    'Careless answers: long strings, variability and Mahalanobis distance',
    'Curran, P. G. (2016). Methods for the detection of carelessly invalid responses in survey data. Journal of Experimental Social Psychology, 66, 4–19.',
    '10.1016/j.jesp.2015.07.006',
  ),
  method(
    'holm',
    '次要结局的 p 按 Holm 法校正',
    'p-values of secondary outcomes adjusted after Holm',
    'Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics, 6, 65–70.',
    '10.2307/4615733',
  ),
  method(
    'hochberg',
    '次要结局的 p 按 Hochberg 法校正',
    'p-values of secondary outcomes adjusted after Hochberg',
    'Hochberg, Y. (1988). A sharper Bonferroni procedure for multiple tests of significance. Biometrika, 75, 800–802.',
    '10.1093/biomet/75.4.800',
  ),
  method(
    'hommel',
    '次要结局的 p 按 Hommel 法校正',
    'p-values of secondary outcomes adjusted after Hommel',
    'Hommel, G. (1988). A stagewise rejective multiple test procedure based on a modified Bonferroni test. Biometrika, 75, 383–386.',
    '10.1093/biomet/75.2.383',
  ),
  method(
    'bonferroni',
    '次要结局的 p 按 Bonferroni 法校正',
    'p-values of secondary outcomes adjusted after Bonferroni',
    'Dunn, O. J. (1961). Multiple comparisons among means. Journal of the American Statistical Association, 56, 52–64.',
    '10.1080/01621459.1961.10482090',
  ),
  method(
    'BH',
    '次要结局的 p 按 Benjamini–Hochberg 法校正',
    'p-values of secondary outcomes adjusted after Benjamini and Hochberg',
    'Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B, 57, 289–300.',
    '10.1111/j.2517-6161.1995.tb02031.x',
  ),
  method(
    'BY',
    '次要结局的 p 按 Benjamini–Yekutieli 法校正',
    'p-values of secondary outcomes adjusted after Benjamini and Yekutieli',
    'Benjamini, Y. & Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under dependency. Annals of Statistics, 29, 1165–1188.',
    '10.1214/aos/1013699998',
  ),
  method(
    'two-one-sided-tests',
    '等效性：两个单侧检验',
    'Equivalence: two one-sided tests',
    'Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power approach. Journal of Pharmacokinetics and Biopharmaceutics, 15, 657–680.',
    '10.1007/BF01068419',
  ),
  method(
    'two-proportions',
    '（仅作对照）比例之比与比值比，忽略学校',
    '(for comparison only) ratios of shares and odds, which ignore schools',
    'Katz, D. et al. (1978). Obtaining confidence intervals for the risk ratio in cohort studies. Biometrics, 34, 469–474.',
    '10.2307/2530610',
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
    'Hedges g：精确小样本校正与非中心 t 区间（不考虑学校）',
    "Hedges' g with the exact small-sample correction and a noncentral t interval (schools not counted)",
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
  method(
    'one-factor-maximum-likelihood',
    'ω：单因子模型，最大似然',
    'Omega of one factor, by maximum likelihood',
    'Raykov, T. (2002). Analytic estimation of standard error and confidence interval for scale reliability. Multivariate Behavioral Research, 37, 89–103.',
    '10.1207/S15327906MBR3701_04',
  ),
  method(
    'classical',
    '测量标准误：标准差 × √(1 − α)',
    'Standard error of measurement: SD √(1 − alpha)',
    'Lord, F. M. & Novick, M. R. (1968). Statistical theories of mental test scores. Addison-Wesley.',
  ),
]
