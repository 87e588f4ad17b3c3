import { type WildBootstrap, wildCluster } from '../bootstrap/wild-cluster.ts'
import { wildWeights } from '../bootstrap/wild-weights.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { mixedRobust } from '../models/mixed-robust.ts'
import { sandwichTypes, type WaldTest } from '../models/sandwich.ts'
import { BadInput, type Command, needed, numberIn, oneOf, parseOptions } from './command.ts'
import { permutationNotes, permutationsOf } from './few-clusters.ts'
import { readFormula } from './model-frame.ts'
import { type ModelSums, modelOptions, readModelSums } from './model-sums.ts'
import { print, type Table } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

type TermTest = WaldTest & { readonly term: string }

const termTests = ({ columns }: ModelSums, wald: (places: readonly number[]) => WaldTest | null): readonly TermTest[] =>
  [...new Set(columns.map(({ term }) => term))].flatMap((term) => {
    const tested = wald(columns.flatMap((column, place) => (column.term === term ? [place + 1] : [])))
    return tested ? [{ term, ...tested }] : []
  })

const text = { type: 'string' } as const
const taken = {
  ...{ ...modelOptions, cluster: text, type: { ...text, default: 'CR2' } },
  ...{ bootstrap: text, weights: { ...text, default: 'rademacher' }, draws: { ...text, default: '9999' }, seed: { ...text, default: '1' } },
} as const
type Options = ReturnType<typeof parseOptions<typeof taken>>

const wholeIn = (option: string, given: string, from: number, to: number): number => {
  const value = numberIn(option, given)
  if (!Number.isInteger(value) || value < from || value > to)
    throw new BadInput(`--${option} takes a whole number from ${from} to ${to}, got ${given}`)
  return value
}

const bootstrapOf = ({ bootstrap, weights, draws, seed }: Options, group: string | null) => {
  if (bootstrap === undefined) return null
  oneOf('bootstrap', bootstrap, ['wild'])
  if (group !== null) throw new BadInput('--bootstrap wild is for least squares: leave the random intercept out and name --cluster')
  return {
    weights: oneOf('weights', weights, wildWeights),
    draws: wholeIn('draws', draws, 99, 1_000_000),
    seed: wholeIn('seed', seed, 0, 4_294_967_295),
  }
}

const wildTables = (wild: WildBootstrap | null): readonly Table[] =>
  wild === null
    ? []
    : [
        {
          title: `wild cluster bootstrap, ${wild.weights}, ${wild.enumerated ? `all ${wild.draws}` : wild.draws} samples, the null imposed`,
          columns: ['', 't (CR1)', 'p', 'lower', 'upper'],
          rows: wild.coefficients.map(({ name, statistic, p, interval }) => [
            name,
            statistic,
            p,
            interval?.lower ?? 'unbounded',
            interval?.upper ?? 'unbounded',
          ]),
        },
      ]

const wildNotes = (few: boolean, wild: WildBootstrap | null): readonly string[] => [
  ...(few && wild === null ? ['With so few clusters compare --bootstrap wild.'] : []),
  ...(wild && wild.leastP > 0.05
    ? [`With ${wild.clusters} clusters these samples cannot give a p below ${wild.leastP.toPrecision(3)}: name --weights webb.`]
    : []),
]

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('robust', args, taken)
  const type = oneOf('type', options.type, sandwichTypes)
  const formula = needed('robust', 'formula', options.formula)
  const { group } = readFormula(formula)
  if (group !== null && options.cluster !== undefined && options.cluster !== group)
    throw new BadInput(`--cluster ${options.cluster} is not the ${group} of the formula's random intercept`)
  const cluster = group ?? (options.sums === undefined ? needed('robust', 'cluster', options.cluster) : (options.cluster ?? 'cluster'))
  const asked = bootstrapOf(options, group)
  const model = await readModelSums('robust', { ...options, cluster })
  const names = model.columns.map(({ name }) => name)
  const fit = group === null ? clusterRobust(model.sums, names, type) : mixedRobust(model.sums, names, type)
  if (fit.kind === 'not-estimable') {
    const leftOut = type === 'CR3' && fit.reason === 'collinear' ? ', at least once a cluster is left out, as CR3 does' : ''
    throw new BadInput(`${model.file}: ${unanswered(fit.reason)}${leftOut}`)
  }
  const { wald, ...found } = fit
  const wild = asked && wildCluster(model.sums, names, asked)
  if (wild?.kind === 'not-estimable') throw new BadInput(`${model.file}: ${unanswered(wild.reason)}`)
  const few = fit.warnings.includes('few-schools')
  const permutations = permutationsOf(model, fit.warnings)
  const tests = termTests(model, wald)
  const record = {
    formula,
    cluster,
    incompleteRows: model.incomplete,
    references: model.references,
    ...found,
    waldTests: tests,
    permutations,
    wildBootstrap: wild,
  }
  const tables = [
    {
      title: `coefficients by ${group === null ? 'least squares' : 'REML with a random intercept'}, standard errors ${type} (${fit.n} rows, ${fit.clusters} of ${cluster}), df after Satterthwaite`,
      columns: ['', 'estimate', 'SE', 't', 'df', 'p', 'lower', 'upper'],
      rows: fit.coefficients.map(({ name, estimate, standardError, statistic, df, p, interval }) => [
        name,
        estimate,
        standardError,
        statistic,
        df,
        p,
        interval.lower,
        interval.upper,
      ]),
    },
    {
      title: 'Wald tests of whole terms (HTZ)',
      columns: ['term', 'F', 'df', 'df within', 'p'],
      rows: tests.map(({ term, statistic, dfNumerator, dfDenominator, p }) => [term, statistic, dfNumerator, dfDenominator, p]),
    },
  ]
  const notes = [...modelNotes(fit.warnings, model.incomplete), ...permutationNotes(permutations), ...wildNotes(few, wild)]
  print(options.json, record, [...tables, ...wildTables(wild)], notes)
}

const usage = `robust --data f.csv --formula "y ~ x + arm" --cluster school [--type CR2] [--reference arm=control,…] [--json]
  fits least squares, or a random intercept, with cluster-robust standard errors and Satterthwaite's df
  --data <file>             a CSV with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, backquotes around odd names;
                            with (1 | school) the random-intercept model, clusters its groups
  --cluster <column>        the column that names the clusters
  --type <type>             CR0, CR1, CR1S, CR2 (unless named) or CR3
  --bootstrap wild          p-values and intervals by the wild cluster bootstrap beside them, for few clusters; --seed 1
  --weights <words>         rademacher (unless named; every sample up to 14 clusters) or webb; --draws 9999
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --sums <file>             in place of --data: per-cluster sums, as sums and its SQL make them
  --levels <a=b|c,…>        with --sums: the levels of each factor, the reference first
  --json                    every number with every digit`

export const robust: Command = { name: 'robust', usage, run }
