// Many rows by one statement whose text does not change with their number, so that a connection reads and plans it once.
import { type Insertable, type InsertType, type RawBuilder, type SelectType, sql } from 'kysely'
import { type Trx, unread } from './scope.ts'
import type { Tables } from './tables.ts'

/** A column of JSON takes the value itself. */
type Given<Column> = unknown extends SelectType<Column> ? unknown : InsertType<Column>
/** A new row of a table. Every row of one call has the same columns. */
export type NewRow<Name extends keyof Tables> = {
  readonly [Key in keyof Insertable<Tables[Name]>]: Given<Tables[Name][Key & keyof Tables[Name]]>
}

/** The rows, to select from. */
export const given = <Name extends keyof Tables>(table: Name, rows: readonly NewRow<Name>[]): RawBuilder<unknown> =>
  sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`

export const columnsOf = (rows: readonly object[]): RawBuilder<unknown> => sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)))

/** May go out with the next statement of its transaction, at the latest with the commit, which fails when this does. */
export const insertRows = async <Name extends keyof Tables>(trx: Trx, table: Name, rows: readonly NewRow<Name>[]): Promise<void> => {
  if (rows.length === 0) return
  const columns = columnsOf(rows)
  await sql`${unread} insert into ${sql.table(table)} (${columns}) select ${columns} from ${given(table, rows)}`.execute(trx)
}
