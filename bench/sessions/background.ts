// What is still to be done once the sheets are acknowledged. In the server nothing is: a sheet, its receipt, flags, cases and audit rows are one
// transaction. PostgreSQL's own work remains: checkpoints, and the rows of seats that were written again.
import { rowsOf } from '../../packages/server/test/rows.ts'
import type { Say } from '../timing.ts'
import { goal } from './say.ts'

type Counted = Readonly<Record<'sheets' | 'receipts' | 'audited' | 'flags' | 'raised' | 'loose', number>>
type OfDatabase = Readonly<Record<'checkpoints' | 'vacuums' | 'live' | 'dead', number>>

const counted = `select
  (select count(*)::int from screening.submission) as sheets,
  (select count(*)::int from screening.receipt) as receipts,
  (select coalesce(sum(cardinality(subject_ids)), 0)::int from screening.audit_event where action = 'submission.stored') as audited,
  (select count(*)::int from screening.flag) as flags,
  (select coalesce(sum(cardinality(subject_ids)), 0)::int from screening.audit_event where action = 'flag.raised') as raised,
  (select count(*)::int from screening.flag where case_id is null) as loose`

const ofDatabase = `select
  (select num_done::int from pg_stat_checkpointer) as checkpoints,
  autovacuum_count::int as vacuums, n_live_tup::int as live, n_dead_tup::int as dead
  from pg_stat_user_tables where schemaname = 'screening' and relname = 'seat'`

export const sayBackground = async (say: Say, databaseUrl: string): Promise<void> => {
  const [found] = await rowsOf<Counted>(databaseUrl, counted)
  const { sheets, receipts, audited, flags, raised, loose } = found!
  const isDone = receipts === sheets && audited === sheets && raised === flags && loose === 0
  say(
    `background work of the server: none. ${sheets} sheets have ${receipts} receipts and ${audited} audit rows, ${flags} flags ${raised};`,
  )
  say(`  flags that wait for a case: ${loose}; nothing is left to do: ${goal(isDone)}`)
  const [own] = await rowsOf<OfDatabase>(databaseUrl, ofDatabase)
  const share = ((100 * own!.dead) / Math.max(own!.live + own!.dead, 1)).toFixed(0)
  say(`  PostgreSQL's own: ${own!.checkpoints} checkpoints, ${own!.vacuums} vacuums of the seats, ${share}% of their rows are old`)
}
