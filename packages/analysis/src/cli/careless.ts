import { type CarelessIndices, carelessIndices } from '../psychometrics/careless/careless-indices.ts'
import {
  type CarelessCut,
  type CarelessFlags,
  carelessMeasures,
  carelessValues,
  flagCareless,
} from '../psychometrics/careless/flag-careless.ts'
import { wordsIn } from '../report/words.ts'
import type { NotEstimable } from '../result.ts'
import { BadInput, type Command, namesIn, needed, numberIn, oneOf, parseOptions } from './command.ts'
import { cellAt, type DataTable, numberColumn, readDataTable, rowNumber, textColumn } from './data-table.ts'
import { endsOf, reversedOf, turned } from './keyed-items.ts'
import { print, type Table } from './print.ts'

const usage = `careless --data f.csv --items a,b,c [--scales s.csv] [--reverse b] [--min 1 --max 5] [--cuts "long-string>12,…"] [--json]
  how carefully each respondent answered: runs, spread, distance and consistency. It marks, it takes nobody out
  --items <a,b,c>          the columns of the items, in the order of the form and as they stand on it
  --scales <file>          a CSV with the columns scale and item: even-odd consistency, three scales or more
  --reverse <b>            items that are turned for the scales, between --min and --max or the smallest and largest answer
  --synonyms <r>           pairs of items that correlate above it are synonyms, 0.6 unless named; --antonyms -0.6 below it
  --cuts <list>            the cuts of the plan, such as long-string>12,mahalanobis-p<0.001; one of ${carelessMeasures.join(', ')}
  --at-least <n>           how many cuts mark a respondent, 1 unless named
  --json                   every value of every respondent, with every digit`

const text = { type: 'string' } as const
const taken = {
  ...{ data: text, items: text, scales: text, reverse: text, min: text, max: text },
  ...{ synonyms: { ...text, default: '0.6' }, antonyms: { ...text, default: '-0.6' }, cuts: text, 'at-least': { ...text, default: '1' } },
} as const

const scalesIn = async (path: string, items: readonly string[]) => {
  const table = await readDataTable(path, ['scale', 'item'])
  const [scales, named] = [textColumn(table, 'scale'), textColumn(table, 'item')]
  const places = new Map<string, number[]>()
  for (const [row, item] of named.entries()) {
    const scale = scales[row]
    if (!scale || !item) throw new BadInput(`${cellAt(table, row, scale ? 'item' : 'scale')}: is missing`)
    if (!items.includes(item)) throw new BadInput(`${cellAt(table, row, 'item')}: ${item} is not among --items`)
    const own = places.get(scale) ?? []
    if (own.includes(items.indexOf(item))) throw new BadInput(`${cellAt(table, row, 'item')}: ${item} stands in ${scale} twice`)
    places.set(scale, [...own, items.indexOf(item)])
  }
  const short = [...places].find(([, own]) => own.length < 2)
  if (short) throw new BadInput(`${table.file}: the scale ${short[0]} has one item, two are needed`)
  return [...places.values()].map((own) => own.sort((a, b) => a - b))
}

const cutsIn = (given: string | undefined): readonly CarelessCut[] =>
  (given === undefined ? [] : namesIn('cuts', given)).map((word) => {
    const parts = /^([a-z-]+)\s*([<>])\s*(.+)$/.exec(word)
    if (!parts) throw new BadInput(`--cuts takes a measure, > or < and a number, such as long-string>12; got ${word}`)
    return {
      measure: oneOf('cuts', parts[1]!, carelessMeasures),
      side: parts[2] === '>' ? 'above' : 'below',
      limit: numberIn('cuts', parts[3]!),
    }
  })

const correlationIn = (option: string, given: string): number => {
  const value = numberIn(option, given)
  if (!(Math.abs(value) < 1)) throw new BadInput(`--${option} takes a correlation between -1 and 1, got ${given}`)
  return value
}

const quantile = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)]!
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below)
}

const indexTable = (indices: CarelessIndices): Table => ({
  title: `careless answering, ${indices.n} respondents`,
  columns: ['', 'known for', 'least', '5 %', 'median', '95 %', 'most'],
  rows: carelessMeasures.map((measure) => {
    const values = carelessValues(indices, measure).filter((value) => value !== null)
    const sorted = [...values].sort((a, b) => a - b)
    return [measure, sorted.length, ...(sorted.length === 0 ? [] : [0, 0.05, 0.5, 0.95, 1].map((share) => quantile(sorted, share)))]
  }),
})

const cutTable = (flags: CarelessFlags, n: number): Table => ({
  title: `cuts of the plan: ${flags.count} of ${n} respondents pass ${flags.atLeast} or more`,
  columns: ['cut', 'passed by', 'not known for'],
  rows: flags.cuts.map(({ measure, side, limit, passed, unknown }) => [`${measure} ${side} ${limit}`, passed, unknown]),
})

const notesOf = (table: DataTable, indices: CarelessIndices, flags: CarelessFlags): readonly string[] => {
  const rows = flags.flagged.flatMap((flagged, place) => (flagged ? [rowNumber(table, place)] : []))
  const why = (name: string, found: { readonly kind: 'estimated' } | NotEstimable | null) =>
    found?.kind === 'not-estimable' ? [`No ${name}: ${wordsIn('en').reasons[found.reason]}.`] : []
  const { mahalanobis } = indices
  return [
    ...why('Mahalanobis distance', mahalanobis),
    ...(mahalanobis.kind === 'estimated' && mahalanobis.warnings.length > 0
      ? ['Some item is a combination of others or never varies: the distance stands on what is left.']
      : []),
    ...why('even-odd consistency', indices.evenOdd),
    ...why('synonyms', indices.synonyms),
    ...why('antonyms', indices.antonyms),
    ...(rows.length > 0 ? [`Rows marked: ${rows.slice(0, 50).join(', ')}${rows.length > 50 ? ', …' : ''}.`] : []),
    ...(flags.cuts.length > 0 ? ['Nobody is taken out. Tell results with everybody, and beside them without those marked.'] : []),
  ]
}

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('careless', args, taken)
  const items = namesIn('items', needed('careless', 'items', options.items))
  if (items.length < 2) throw new BadInput('careless needs two items or more')
  const reverse = reversedOf(options.reverse, items)
  const cuts = cutsIn(options.cuts)
  const atLeast = numberIn('at-least', options['at-least'])
  if (!Number.isInteger(atLeast) || atLeast < 1) throw new BadInput(`--at-least takes a whole number from 1, got ${options['at-least']}`)
  const scales = options.scales === undefined ? null : await scalesIn(options.scales, items)
  const table = await readDataTable(needed('careless', 'data', options.data), items)
  const columns = items.map((item) => numberColumn(table, item))
  const ends = endsOf(table, items, columns, options)
  const indices = carelessIndices(columns, {
    keyed: columns.map((column, k) => (reverse.includes(items[k]!) ? turned(column, ends) : column)),
    ...(scales ? { scales } : {}),
    synonymsAbove: correlationIn('synonyms', options.synonyms),
    antonymsBelow: correlationIn('antonyms', options.antonyms),
  })
  const flags = flagCareless(indices, cuts, atLeast)
  const rows = columns[0]!.map((_, place) => rowNumber(table, place))
  const tables = [indexTable(indices), ...(cuts.length > 0 ? [cutTable(flags, indices.n)] : [])]
  print(options.json, { file: table.file, items, reversed: reverse, rows, ...indices, flags }, tables, notesOf(table, indices, flags))
}

export const careless: Command = { name: 'careless', usage, run }
