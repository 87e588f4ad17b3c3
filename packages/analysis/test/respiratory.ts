/** The respiratory trial of the folder of reference numbers: two centres, 111 patients seen four times, outcome good (1) or poor (0). */
import { oracle, oracleTable } from './oracle.ts'

type Fit = Readonly<Record<string, { readonly est: number; readonly se: number; readonly se_robust: number; readonly p: number }>>
type Reference = {
  readonly glm: Fit
  readonly gee: Readonly<
    Record<'independence' | 'exchangeable' | 'ar1', { readonly coef: Fit; readonly alpha: number | null; readonly scale: number }>
  >
  readonly glmer_nAGQ25: { readonly coef: Fit; readonly sd_id: number; readonly logLik: number }
  readonly glmer_laplace: { readonly est: Readonly<Record<string, number>>; readonly sd_id: number; readonly logLik: number }
}

export const respiratory = () => {
  const rows = oracleTable('respiratory.csv')
  const column = (value: (row: Readonly<Record<string, string>>) => number) => Float64Array.from(rows, value)
  return {
    reference: oracle<{ readonly binary: { readonly respiratory: Reference } }>('misc.json').binary.respiratory,
    y: column(({ outcome }) => Number(outcome)),
    names: ['baseline', 'treatA', 'center2', 'age'],
    columns: [
      column(({ baseline }) => Number(baseline)),
      column(({ treat }) => Number(treat === 'A')),
      column(({ center }) => Number(center === '2')),
      column(({ age }) => Number(age)),
    ],
    patients: rows.map(({ center, id }) => `${center} ${id}`),
  }
}
