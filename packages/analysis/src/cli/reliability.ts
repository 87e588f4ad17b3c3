import { raterAgreement } from '../psychometrics/rater-agreement.ts'
import { scaleReliability } from '../psychometrics/scale-reliability.ts'
import { standardErrorOfMeasurement } from '../psychometrics/standard-error-of-measurement.ts'
import { wordsIn } from '../report/words.ts'
import type { Interval, NotEstimable } from '../result.ts'
import { BadInput, type Command, namesIn, needed, parseOptions } from './command.ts'
import { type DataTable, numberColumn, readDataTable } from './data-table.ts'
import { endsOf, reversedOf, turned } from './keyed-items.ts'
import { print, type Table } from './print.ts'

/** Complete rows of keyed answers. */
const answersIn = (
  table: DataTable,
  items: readonly string[],
  reverse: readonly string[],
  asked: { readonly min?: string | undefined; readonly max?: string | undefined },
) => {
  const columns = items.map((item) => numberColumn(table, item))
  const range = endsOf(table, items, columns, asked)
  const keyed = columns.map((values, k) => (reverse.includes(items[k]!) ? turned(values, range) : values))
  const answers = Array.from({ length: table.rows }, (_, row) => keyed.map((values) => values[row]!))
  return { range, answers: answers.filter((row): row is number[] => row.every((value) => value !== null)) }
}

type Answer = { readonly kind: 'estimated'; readonly estimate: number; readonly interval?: Interval }
const row = (name: string, found: Answer | NotEstimable) =>
  found.kind === 'estimated'
    ? [name, found.estimate, found.interval?.lower, found.interval?.upper]
    : [name, null, null, null, wordsIn('en').reasons[found.reason]]

const measure = (answers: readonly (readonly number[])[]) => {
  const scale = scaleReliability(answers)
  const totals = answers.map((values) => values.reduce((sum, value) => sum + value, 0))
  const reliability = scale.alpha.kind === 'estimated' ? Math.max(0, scale.alpha.estimate) : null
  return {
    ...scale,
    raterAgreement: raterAgreement(answers),
    standardErrorOfMeasurement: reliability === null ? null : standardErrorOfMeasurement(totals, reliability),
  }
}
type Measured = ReturnType<typeof measure>

const tables = (
  items: readonly string[],
  n: number,
  {
    alpha,
    omega: factor,
    itemStatistics: each,
    raterAgreement: raters,
    standardErrorOfMeasurement: error,
    internalConsistency: older,
  }: Measured,
): readonly Table[] => [
  {
    title: `reliability of ${items.length} items in ${n} complete rows`,
    columns: ['', 'estimate', 'lower', 'upper', ''],
    rows: [
      row("Cronbach's alpha (Feldt)", alpha),
      row('omega (one factor, ML)', factor),
      ...(older.kind === 'estimated'
        ? ([
            ['alpha of standardised items', older.standardisedAlpha],
            ['average correlation of two items', older.averageCorrelation],
            ['Guttman lambda 2', older.guttmanLambda2],
            ['Guttman lambda 6', older.guttmanLambda6],
            ['odd and even items, stepped up (Spearman-Brown)', older.splitHalf?.spearmanBrown ?? null],
          ] as const)
        : []),
      ...(error ? [row('standard error of measurement of the sum, by alpha', error)] : []),
      ...(raters.kind === 'estimated'
        ? (
            [
              ['ICC(1,1), items as raters or occasions', raters.oneWay],
              ['ICC(2,1), agreement', raters.absolute],
              ['ICC(3,1), consistency', raters.consistency],
            ] as const
          ).map(([name, { single }]) => row(name, { kind: 'estimated', ...single }))
        : []),
    ],
  },
  ...(each.kind === 'estimated'
    ? [
        {
          title: 'items, each against the sum of the others',
          columns: ['', 'mean', 'SD', 'item-rest r', 'alpha without it', 'loading', ''],
          rows: each.items.map((item, k) => [
            items[k],
            item.mean,
            item.standardDeviation,
            item.itemRest,
            item.alphaIfDropped,
            factor.kind === 'estimated' ? factor.loadings[k] : null,
            item.warnings.join(', '),
          ]),
        },
      ]
    : []),
]

const notesOf = (
  items: readonly string[],
  leftOut: number,
  { alpha, omega: factor, itemStatistics: each }: Measured,
): readonly string[] => {
  const wrong = each.kind === 'estimated' ? items.filter((_, k) => each.items[k]!.warnings.includes('mis-keyed-item')) : []
  const doubts = factor.kind === 'estimated' ? factor.warnings : []
  return [
    ...(leftOut > 0 ? [`${leftOut} rows with a missing answer were left out.`] : []),
    ...(wrong.length > 0 ? [`Look at the keying of ${wrong.join(', ')}: against the sum of the others they run the other way.`] : []),
    ...(alpha.kind === 'estimated' && alpha.estimate < 0 ? ['Alpha is below zero: most often items were keyed the wrong way.'] : []),
    ...(doubts.includes('negative-uniqueness') ? ['One factor would need a negative uniqueness: do not report omega.'] : []),
    ...(doubts.includes('not-converged') ? ['Omega did not converge: do not report it.'] : []),
  ]
}

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('reliability', args, { data: text, items: text, reverse: text, min: text, max: text })
  const items = namesIn('items', needed('reliability', 'items', options.items))
  const reverse = reversedOf(options.reverse, items)
  if (items.length < 2) throw new BadInput('reliability needs two items or more')
  const table = await readDataTable(needed('reliability', 'data', options.data), items)
  const { range, answers } = answersIn(table, items, reverse, options)
  if (answers.length < 2) throw new BadInput(`${table.file} has ${answers.length} rows in which every item is answered, two are needed`)
  const measured = measure(answers)
  const leftOut = table.rows - answers.length
  const guessed = reverse.length > 0 && !range.given
  const record = {
    file: table.file,
    items,
    reversed: reverse,
    turnedAbout: reverse.length > 0 ? range : null,
    n: answers.length,
    leftOut,
    ...measured,
  }
  print(options.json, record, tables(items, answers.length, measured), [
    ...(guessed
      ? [`Items were turned between ${range.from} and ${range.to}, the smallest and the largest answer: name --min and --max.`]
      : []),
    ...notesOf(items, leftOut, measured),
  ])
}

const usage = `reliability --data f.csv --items a,b,c [--reverse b] [--min 1 --max 5] [--json]
  says how consistently items measure here: alpha, omega, item statistics with an alarm for a mis-keyed item, agreement, error of measurement
  --data <file>          a CSV with a header row; rows with a missing item are left out and counted
  --items <a,b,c>        the columns of the items, two or more
  --reverse <b>          items to be turned: --min + --max − answer
  --min <n> --max <n>    the ends of the scale; an answer outside is refused
  --json                 every number with every digit`

export const reliability: Command = { name: 'reliability', usage, run }
