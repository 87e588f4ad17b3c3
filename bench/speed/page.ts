// docs/performance.md, from the rows of one run.
import { milliseconds } from '../timing.ts'
import { met, type SpeedRow } from './row.ts'

type Growth = { readonly pupils: number; readonly mixed: number; readonly robust: number; readonly lmer: number | null }
export type Run = {
  readonly machine: string
  readonly node: string
  readonly r: string
  readonly long: boolean
  readonly rows: readonly SpeedRow[]
  readonly growth: readonly Growth[]
}

export const time = (value: number): string => (value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : milliseconds(value))

export const ratio = ({ ours, theirs }: SpeedRow): string => (theirs ? `${Math.round(theirs.time / ours).toLocaleString('en')}x` : '')

export const goalOf = (row: SpeedRow): string => {
  const { goal } = row
  if (!goal) return ''
  const asked = 'times' in goal ? `${goal.times.toLocaleString('en')}x` : `${goal.most} ms`
  return `${asked}, ${{ true: 'met', false: 'not met', null: 'R not run' }[`${met(row)}`]}`
}

const theirs = ({ theirs: r, goal }: SpeedRow): string =>
  r ? `${time(r.time)} (${[r.by, ...(r.note ? [r.note] : [])].join('; ')})` : goal && 'times' in goal ? 'not run: only with `--long`' : ''

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const agreements = (rows: readonly SpeedRow[]) =>
  rows.flatMap(({ task, agreement }) => (agreement ? [[task, agreement.difference.toExponential(0), agreement.of]] : []))

export const page = ({ machine, node, r, long, rows, growth }: Run): string => `# How fast the analysis is

\`npm run bench speed\` wrote this page, from one run. Do not edit it: run the command again.

${machine}; Node ${node}; ${r}.
Times are processor times, medians of five, warm, of the same data on both sides. R's times are of the fit alone, ours from rows in memory, schools coded as in R's factor, unless the row says sums.${
  long
    ? ''
    : '\nA short run: where R would take minutes it did less, and the table says what. `npm run bench -- speed --long` spares it nothing (and needs 14 GB).'
}

${table(
  ['task', 'here', 'R', 'ratio', 'goal'],
  rows.map((row) => [row.task, time(row.ours), theirs(row), ratio(row), goalOf(row)]),
)}

## How far the answers of both are apart

${table(['task', 'largest relative difference', 'of'], agreements(rows))}

lmer and factanal stop where their optimisers are content; the digits are settled by the tests against 40-digit numbers, not here.

## How it grows

The mixed model and CR2 from rows, schools of about a hundred pupils.

${table(
  ['pupils', 'mixed model', 'CR2', 'lmer', 'lmer takes'],
  growth.map(({ pupils, mixed, robust, lmer }) => [
    pupils.toLocaleString('en'),
    time(mixed),
    time(robust),
    lmer === null ? '' : time(lmer),
    lmer === null ? '' : `${Math.round(lmer / mixed)}x`,
  ]),
)}
`
