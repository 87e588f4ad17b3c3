// PostgreSQL's own measure beside ours: BEGIN, the row of the sheet, the row of its receipt, COMMIT, into tables with a primary key and nothing else.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rowsOf } from '../../packages/server/test/rows.ts'
import { processorTime, timeOfEnded } from './processor.ts'

/** `spent`: milliseconds of processor time for each transaction, of pgbench and PostgreSQL together; NaN where it is not told. */
type Run = { readonly perSecond: number; readonly spent: number }
export type Pgbench = { readonly run: (clients: number, seconds: number) => Promise<Run>; readonly close: () => void }

const debian = '/usr/lib/postgresql'
const find = (): string | null => {
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((left, right) => Number(right) - Number(left)) : []
  const places = [...versions.map((version) => join(debian, version, 'bin/pgbench')), '/usr/bin/pgbench', '/usr/local/bin/pgbench']
  return places.find((place) => existsSync(place)) ?? null
}

/** Without a colon, behind which pgbench would look for a variable. */
const quoted = (value: unknown) =>
  value === null ? 'null' : `E'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`
const copyOf = (table: string) => `bench.${table.split('.')[1]}`

/** The statement that writes such a row again, under a new id. */
const again = (table: string, row: Readonly<Record<string, unknown>>, fresh: readonly string[]) => {
  const value = (name: string, stored: unknown) => (fresh.includes(name) ? 'gen_random_uuid()' : quoted(stored))
  return `insert into ${copyOf(table)} (${Object.keys(row).join(', ')}) values (${Object.entries(row)
    .map(([name, stored]) => value(name, stored))
    .join(', ')});`
}

/** Null where there is no pgbench. Needs one stored sheet, whose bytes it writes. */
export const openPgbench = async (databaseUrl: string, databasePid: number): Promise<Pgbench | null> => {
  const command = find()
  if (!command) return null
  const row = async (table: string) => {
    const [found] = await rowsOf<{ row: Record<string, string> }>(
      databaseUrl,
      `select json_object_agg(key, value) as row from (select (json_each_text(to_json(t))).* from (select * from ${table} limit 1) t)`,
    )
    return found!.row
  }
  const [sheet, receipt] = [await row('screening.submission'), await row('screening.receipt')]
  await rowsOf(
    databaseUrl,
    `create schema bench;
     create table bench.submission (like screening.submission, primary key (county_id, id));
     create table bench.receipt (like screening.receipt, primary key (county_id, seat_id, idempotency_key))`,
  )
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-pgbench-'))
  const script = join(folder, 'sheet.sql')
  const lines = ['begin;', again('screening.submission', sheet, ['id']), again('screening.receipt', receipt, ['seat_id']), 'commit;']
  writeFileSync(script, lines.join('\n'))
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const spentSoFar = () => (processorTime(databasePid) ?? Number.NaN) + (timeOfEnded() ?? Number.NaN)
  const run = async (clients: number, seconds: number): Promise<Run> => {
    const line = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script]
    const where = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)]
    const before = spentSoFar()
    const { stdout } = await promisify(execFile)(command, [...line, ...where], { env: { ...process.env, PGPASSWORD: password } })
    const told = (what: RegExp) => Number(what.exec(stdout)?.[1] ?? Number.NaN)
    const done = told(/^number of transactions actually processed: (\d+)/m)
    return { perSecond: told(/^tps = ([\d.]+)/m), spent: (spentSoFar() - before) / done }
  }
  return { run, close: () => rmSync(folder, { recursive: true, force: true }) }
}
