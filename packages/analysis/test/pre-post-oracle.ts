/** The pre/post trials of the reference folder: R's numbers beside the rows that they came from. */
import { oracle, oracleTable } from './oracle.ts'

type Between = {
  readonly welch: { readonly t: number; readonly df: number; readonly ci95: readonly [number, number] }
  readonly cohen_d: number
  readonly hedges_g_exact: number
  readonly hedges_g_exact_ci95: readonly [number, number]
  readonly student: { readonly t: number; readonly p: number; readonly ci95: readonly [number, number] }
  readonly sd_pooled: number
  readonly cohen_d_ci95_noncentral_t: readonly [number, number]
  readonly glass_delta: number
  readonly effectsize_pkg: { readonly glass_ci: readonly [number, number] }
  readonly wilcoxon: { readonly W: number; readonly p_normal_approx_corrected: number }
  readonly tost_welch_bounds_half_pooled_sd: {
    readonly bound: number
    readonly p_lower: number
    readonly p_tost: number
    readonly ci90: readonly [number, number]
  }
}
type Within = {
  readonly t_test: { readonly t: number; readonly ci95: readonly [number, number] }
  readonly d_z: number
  readonly d_z_ci95_noncentral_t: readonly [number, number]
  readonly r: number
  readonly d_rm: number
  readonly d_av_mean_of_sds: number
  readonly d_av_root_mean_square: number
  readonly d_becker_pre_sd: number
  readonly smcr_metafor: number
  readonly wilcoxon_signed_rank: { readonly V: number; readonly p_normal_approx_corrected: number }
  readonly tost_bounds_half_pre_sd: { readonly bound: number; readonly p_tost: number }
}
type Reference = {
  readonly baseline: Between
  readonly post: Between
  readonly change: Between
  readonly within_T: Within
  readonly within_C: Within
  readonly ppc: Readonly<Record<'d_ppc1' | 'd_ppc2' | 'd_ppc2_exact_J' | 'd_ppc3' | 'rho_within_pooled', number>>
  readonly ancova: {
    readonly coef: { readonly armT: Coefficient; readonly pre: Coefficient }
    readonly adj_means: { readonly C: number; readonly T: number }
    readonly adj_means_se: { readonly C: number; readonly T: number }
    readonly sigma: number
    readonly r2: number
    readonly partial_eta2_arm: number
    readonly d_adj_raw_sd: number
    readonly g_adj_wwc: number
    readonly slope_homogeneity: { readonly F: number; readonly p: number }
  }
}
type Coefficient = {
  readonly est: number
  readonly se: number
  readonly t: number
  readonly p: number
  readonly ci95: readonly [number, number]
}
type Arm = Readonly<Record<'baseline' | 'post' | 'change', readonly number[]>>

const armOf = (rows: readonly Readonly<Record<string, string>>[], pre: string, post: string): Arm => {
  const pairs = rows.flatMap((row) =>
    row[pre] && row[post] && row[pre] !== 'NA' && row[post] !== 'NA' ? [[Number(row[pre]), Number(row[post])] as const] : [],
  )
  return {
    baseline: pairs.map(([before]) => before),
    post: pairs.map(([, after]) => after),
    change: pairs.map(([before, after]) => after - before),
  }
}

const sources = [
  { name: 'anorexia_CBT_vs_Cont', file: 'anorexia.csv', arm: 'Treat', programme: 'CBT', control: 'Cont', pre: 'Prewt', post: 'Postwt' },
  { name: 'btheb_2m', file: 'btheb.csv', arm: 'treatment', programme: 'BtheB', control: 'TAU', pre: 'bdi.pre', post: 'bdi.2m' },
  { name: 'affect_film1_vs_3_TA', file: 'affect_films.csv', arm: 'Film', programme: '1', control: '3', pre: 'TA1', post: 'TA2' },
  {
    name: 'star_read_small_vs_reg',
    file: 'star_k_to_1.csv',
    arm: 'cltype',
    programme: 'small',
    control: 'reg',
    pre: 'read.pre',
    post: 'read.post',
  },
]

export const trialCases = () => {
  const { cases } = oracle<{ readonly cases: Readonly<Record<string, Reference>> }>('prepost.json')
  return sources.map(({ name, file, arm, programme, control, pre, post }) => {
    const rows = oracleTable(file)
    const inArm = (value: string) =>
      armOf(
        rows.filter((row) => row[arm] === value),
        pre,
        post,
      )
    return { name, reference: cases[name]!, programme: inArm(programme), control: inArm(control) }
  })
}
