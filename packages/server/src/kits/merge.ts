// A day comes home: each row is new, known, changed or in conflict with what stands here. Nothing that stands is overwritten by somebody
// who had not seen it, and what is not taken over is kept beside it.
import { type Carried, carried, type Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { counterparts } from './counterparts.ts'
import type { CarriedRow, Manifest, Part, Parts } from './file.ts'
import { partOf } from './place.ts'
import { placedRows } from './placing.ts'
import * as queries from './queries.ts'
import * as records from './record-queries.ts'
import { comparedOf, fingerprint, keyOf, type Verdict, verdictOf } from './rules.ts'

export type Tally = { new: number; known: number; changed: number; conflict: number }
export type Merging = {
  readonly manifest: Manifest
  readonly dayId: string
  readonly now: Date
  readonly ids: () => string
  /** A later day of this kit came home before. */
  readonly stale: boolean
  /** The id here of what has another id there. */
  readonly alias: Map<string, string>
  /** Sheets that are kept as a conflict: what was keyed from them is kept beside them. */
  readonly setAside: Set<string>
  readonly erased: ReadonlySet<string>
  /** Flags of erased sheets that were raised here before: they do not come back either. */
  readonly heardBefore: ReadonlySet<string>
  readonly tallies: Map<string, Tally>
  /** Conflicts that nobody knew of before. */
  conflictsFound: number
  readonly newFlags: Row[]
  /** Flags whose review came home now. */
  readonly newlyReviewed: string[]
  /** Flags that were dismissed here and confirmed there. */
  readonly disputed: string[]
}

type Judged = { readonly verdict: Verdict; readonly theirs: Row; readonly original: Row; readonly ours: Row | undefined }

const flag = 'screening.flag'
const ofSheet = /^screening\.(paper_\w+|submission_past)$/

const renamed = (row: Row, { alias, erased }: Merging, table: string): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (table === flag && name === 'submission_id' && erased.has(String(value))) return [name, null] // law 2: it waits on the seat
      const literal = table === 'screening.receipt' && name === 'submission_id' // a receipt speaks of the sheet that it was given for
      return [name, typeof value === 'string' && !literal ? (alias.get(value) ?? value) : value]
    }),
  )

/** An erased sheet comes back with no day, nor does what hangs on it (PRIV-06), but for a flag that nobody here has heard of. */
const isErased = ({ id, submission_id }: Row, table: string, { erased, heardBefore }: Merging) =>
  table === flag ? heardBefore.has(String(id)) : erased.has(String(table === 'screening.submission' ? id : submission_id))

const isSetAside = (table: string, original: Row, { setAside }: Merging) =>
  ofSheet.test(table) && (setAside.has(String(original.submission_id)) || setAside.has(String(original.conflict_id)))

const judge = (
  spec: Carried,
  columns: readonly string[],
  { row, seen }: CarriedRow,
  place: ReturnType<typeof renamed>,
  found: { ours: Row | undefined; isTwin: boolean },
  merging: Merging,
): Judged => {
  const { ours, isTwin } = found
  const judged = (verdict: Verdict): Judged => ({ verdict, theirs: place, original: row, ours })
  if (isErased(row, spec.table, merging)) return judged('known')
  if (isSetAside(spec.table, row, merging)) return judged('conflict')
  // a second sheet of one seat, a second review of one flag: never the same, however alike
  if (isTwin && ['screening.submission', 'screening.flag_review'].includes(spec.table)) return judged('conflict')
  // a look at a flag there is no look at the one that was raised here
  if (spec.table === 'screening.flag_review' && merging.alias.has(String(row.flag_id))) return judged('conflict')
  return judged(verdictOf({ spec, ours, theirs: place, columns, seen, stale: merging.stale }))
}

const keep = async (trx: Trx, { table, key }: Carried, columns: readonly string[], judged: readonly Judged[], merging: Merging) => {
  const { manifest, dayId, now, ids } = merging
  for (const { theirs, original, ours } of judged) {
    const conflict = {
      ...{ countyId: manifest.countyId, schoolId: manifest.schoolId, id: ids(), kitId: manifest.kitId, dayId, table },
      ...{ key: keyOf({ key }, original), fingerprint: fingerprint(original, columns), ours: ours ?? {}, theirs, foundAt: now },
    }
    if (!(await records.insertConflict(trx, conflict))) continue
    merging.conflictsFound += 1
    if (table === 'screening.flag_review' && ours?.decision === 'dismissed' && theirs.decision === 'confirmed')
      merging.disputed.push(String(theirs.flag_id))
  }
}

/** What a row says now, in the columns that may change. One statement for all rows in which the same columns changed. */
const change = async (trx: Trx, spec: Carried, columns: readonly string[], judged: readonly Judged[]): Promise<readonly Judged[]> => {
  const compared = comparedOf(spec, columns)
  const differing = ({ ours, theirs }: Judged) =>
    compared.filter((name) => fingerprint(ours!, [name]) !== fingerprint(theirs, [name])).join(' ')
  const rowFor = ({ ours, theirs }: Judged) => ({ ...theirs, ...Object.fromEntries(spec.key.map((name) => [name, ours![name]])) })
  const refused: Judged[] = []
  for (const [names, group] of Map.groupBy(judged, differing)) {
    const update = (some: readonly Judged[]) => queries.updateGiven(trx, spec, names.split(' '), some.map(rowFor))
    refused.push(...(await queries.withoutRefused(trx, group, update)))
  }
  return refused
}

const remember = (spec: Carried, judged: readonly Judged[], merging: Merging) => {
  const [only] = spec.key
  for (const { verdict, original, ours } of judged) {
    if (verdict === 'conflict' && spec.table === 'screening.submission') merging.setAside.add(String(original.id))
    if (verdict === 'conflict' && spec.table === 'screening.paper_conflict') merging.setAside.add(String(original.id))
    if (only === 'id' && ours && ours.id !== original.id) merging.alias.set(String(original.id), String(ours.id))
  }
}

const add = async (trx: Trx, { table }: Carried, columns: readonly string[], judged: readonly Judged[], merging: Merging) => {
  const { countyId } = merging.manifest
  const insert = async (some: readonly Judged[]) => {
    const rows = some.map(({ theirs }) => theirs)
    await queries.insertGiven(trx, table, columns, await placedRows(trx, countyId, table, rows))
    if (table === 'screening.session') await queries.insertLocators(trx, rows)
  }
  const refused = new Set(await queries.withoutRefused(trx, judged, insert))
  if (table === flag && refused.size > 0) throw new Problem('kit.flag-not-taken', { count: refused.size })
  const added = judged.filter((one) => !refused.has(one)).map(({ theirs }) => theirs)
  if (table === flag) merging.newFlags.push(...added)
  if (table === 'screening.flag_review') merging.newlyReviewed.push(...added.map(({ flag_id }) => String(flag_id)))
  return [...refused]
}

const mergeRows = async (trx: Trx, spec: Carried, { columns, rows }: Part, merging: Merging) => {
  const places = rows.map(({ row }) => renamed(row, merging, spec.table))
  const counterpart = await counterparts(trx, spec, places)
  const judged = rows.map((carriedRow, position) => {
    const place = places[position]!
    return judge(spec, columns, carriedRow, place, counterpart(place), merging)
  })
  const having = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict)
  const refused = new Set([
    ...(await add(trx, spec, columns, having('new'), merging)),
    ...(await change(trx, spec, columns, having('changed'))),
  ])
  const settled = judged.map((one): Judged => (refused.has(one) ? { ...one, verdict: 'conflict' } : one))
  remember(spec, settled, merging)
  await keep(
    trx,
    spec,
    columns,
    settled.filter(({ verdict }) => verdict === 'conflict'),
    merging,
  )
  const tally = merging.tallies.get(spec.table) ?? { new: 0, known: 0, changed: 0, conflict: 0 }
  for (const { verdict } of settled) tally[verdict] += 1
  merging.tallies.set(spec.table, tally)
}

/** Of answers so far only those of a pupil who has handed in nothing, here or there. */
const withoutFinished = async (trx: Trx, table: string, rows: readonly CarriedRow[], merging: Merging): Promise<readonly CarriedRow[]> => {
  if (table !== 'screening.so_far') return rows
  const seatOf = ({ row }: CarriedRow) => String(renamed(row, merging, table).seat_id)
  const finished = await queries.finishedSeats(trx, merging.manifest.countyId, rows.map(seatOf))
  return rows.filter((one) => !finished.has(seatOf(one)))
}

/** Rows that are here first: what changes in them, such as a class that is retired, can make room for a new one of the same name. */
const mergeTable = async (trx: Trx, spec: Carried, part: Part, merging: Merging) => {
  const rows = await withoutFinished(trx, spec.table, part.rows, merging)
  const place = ({ row }: CarriedRow) => renamed(row, merging, spec.table)
  const here = new Set((await queries.rowsLike(trx, spec.table, spec.key, rows.map(place))).map((row) => keyOf(spec, row)))
  for (const present of [true, false]) {
    const some = rows.filter((one) => here.has(keyOf(spec, place(one))) === present)
    if (some.length > 0) await mergeRows(trx, spec, { columns: part.columns, rows: some }, merging)
  }
}

export const mergeParts = async (trx: Trx, parts: Parts, merging: Merging) => {
  for (const spec of carried.filter(({ home, table }) => home && table !== 'screening.care_case')) {
    const part = partOf(parts, spec)
    if (part.rows.length > 0) await mergeTable(trx, spec, part, merging)
  }
  await queries.clearFinishedSoFar(trx, merging.manifest.countyId)
  await queries.markHeard(trx, merging.manifest.countyId)
}
