// Where a row that is new here finds its place.
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import * as queries from './queries.ts'

/** A seat that is new here stands behind the last when its number is taken. */
const numbered = async (trx: Trx, countyId: string, rows: readonly Row[]): Promise<readonly Row[]> => {
  const taken = await queries.rowsLike(trx, 'screening.seat', ['session_id', 'number'], rows)
  const key = (row: Row) => `${row.session_id} ${row.number}`
  const numbers = new Set(taken.map(key))
  const last = new Map(
    await queries.highestSeats(
      trx,
      countyId,
      rows.map((row) => String(row.session_id)),
    ),
  )
  return rows.map((row) => {
    if (!numbers.has(key(row))) return row
    const next = Math.max(last.get(String(row.session_id)) ?? 0, ...rows.map(({ number }) => Number(number))) + 1
    last.set(String(row.session_id), next)
    return { ...row, number: next }
  })
}

export const placedRows = async (trx: Trx, countyId: string, table: string, rows: readonly Row[]): Promise<readonly Row[]> => {
  if (table === 'screening.seat' && rows.length > 0) return numbered(trx, countyId, rows)
  return table === 'screening.flag' ? rows.map((row) => ({ ...row, case_id: null })) : rows // its case is found when all flags are there
}
