/** The simulated trials with a binary outcome that R was given: see oracle/binary.R. */
import { golden } from './oracle.ts'

type Row = { readonly school: string } & Readonly<Record<'arm' | 'pre' | 'grade8' | 'grade9' | 'y' | 'score', number>>
type Sandwich = { readonly standardError: readonly number[]; readonly df: readonly number[] }
type Case = {
  readonly name: string
  readonly rows: readonly Row[]
  readonly singular: boolean
  readonly glm: {
    readonly estimate: readonly number[]
    readonly standardError: readonly number[]
    readonly p: readonly number[]
    readonly logLik: number
  }
  readonly gee: readonly {
    readonly correlation: 'independence' | 'exchangeable' | 'ar1'
    readonly family: 'binomial' | 'gaussian'
    readonly estimate: readonly number[]
    readonly standardError: readonly number[]
    readonly alpha: number
    readonly scale: number
    readonly kauermannCarroll: Sandwich
    readonly manclDeRouen: Sandwich
  }[]
  readonly glmm: readonly {
    readonly points: number
    readonly estimate: readonly number[]
    readonly standardError: readonly number[]
    readonly sd: number
    readonly logLik: number
  }[]
}

const names = ['arm', 'pre', 'grade8', 'grade9'] as const

export const binaryTrials = golden<{ readonly cases: readonly Case[] }>('binary').cases.map((one) => ({
  ...one,
  names,
  y: Float64Array.from(one.rows, ({ y }) => y),
  score: Float64Array.from(one.rows, ({ score }) => score),
  columns: names.map((name) => Float64Array.from(one.rows, (row) => row[name])),
  clusters: one.rows.map(({ school }) => school),
}))
