/** Per-cluster sums as a CSV of numbers: what `sums` prints and its SQL answers, read back into a model. */
import { sumsHeader } from '../formula/sums-sql.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import { BadInput } from './command.ts'
import { cellAt, numberColumn, readDataTable, textColumn } from './data-table.ts'

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The sums as CSV text, columns as in sumsHeader. */
export const sumsText = (sums: readonly SchoolSums[]): string => {
  const lines = sums.map(({ school, n, means, centred }) =>
    [quoted(school), n, ...means, ...centred.flatMap((row, i) => row.slice(0, i + 1))].join(','),
  )
  return [sumsHeader(sums[0]!.means.length).join(','), ...lines].join('\n')
}

/** Reads the sums of so many columns. Throws BadInput that names file, row and column. */
export const readSums = async (path: string, columns: number): Promise<readonly SchoolSums[]> => {
  const header = sumsHeader(columns)
  const table = await readDataTable(path, header)
  const numbers = new Map(header.slice(1).map((name) => [name, numberColumn(table, name)]))
  const value = (name: string, row: number): number => {
    const found = numbers.get(name)![row]
    if (found === null || found === undefined) throw new BadInput(`${cellAt(table, row, name)}: is missing; sums have none`)
    return found
  }
  const seen = new Set<string>()
  return textColumn(table, 'cluster').map((school, row) => {
    const n = value('n', row)
    if (school === null || seen.has(school))
      throw new BadInput(`${cellAt(table, row, 'cluster')}: ${school ?? 'a name is missing'}${school === null ? '' : ' stands here twice'}`)
    seen.add(school)
    if (!Number.isInteger(n) || n < 1) throw new BadInput(`${cellAt(table, row, 'n')}: ${n} is not allowed, only a whole number from 1`)
    const places = Array.from({ length: columns }, (_, place) => place + 1)
    const centred = places.map((i) => places.map((j) => value(`product_${Math.max(i, j)}_${Math.min(i, j)}`, row)))
    const below = places.find((i) => centred[i - 1]![i - 1]! < 0)
    if (below) throw new BadInput(`${cellAt(table, row, `product_${below}_${below}`)}: a sum of squares is not below zero`)
    return { school, n, means: places.map((i) => value(`mean_${i}`, row)), centred }
  })
}
