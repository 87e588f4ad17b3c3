// What stands here of the rows that came home.
import type { Carried, Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import * as queries from './queries.ts'
import { keyOf } from './rules.ts'

const byKeyOf = (key: readonly string[], rows: readonly Row[]) => new Map(rows.map((row) => [keyOf({ key }, row), row]))

/** The rows here with the same key, and of the others those that are about the same thing. */
export const counterparts = async (trx: Trx, { table, key, same = [] }: Carried, rows: readonly Row[]) => {
  const found = byKeyOf(key, await queries.rowsLike(trx, table, key, rows))
  const others = rows.filter((row) => !found.has(keyOf({ key }, row)))
  const twins = new Map<Row, Row>()
  for (const { columns, when = () => true } of same) {
    const alike = byKeyOf(columns, (await queries.rowsLike(trx, table, columns, others.filter(when))).filter(when))
    for (const row of others.filter(when)) {
      const twin = alike.get(keyOf({ key: columns }, row))
      if (twin) twins.set(row, twin)
    }
  }
  return (row: Row) => ({ ours: found.get(keyOf({ key }, row)) ?? twins.get(row), isTwin: twins.has(row) })
}
