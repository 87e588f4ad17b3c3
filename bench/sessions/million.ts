// A million stored sheets behind the ones that come: copies of what is there, under new ids, with their seats, receipts, flags and audit rows.
import { rowsOf } from '../../packages/server/test/rows.ts'

const step = 50_000

/** A table's columns, with what stands in a copy's place for some of them. */
const copied = async (databaseUrl: string, table: string, fresh: Readonly<Record<string, string>>) => {
  const rows = await rowsOf<{ name: string }>(
    databaseUrl,
    `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped order by attnum`,
  )
  const columns = rows.map(({ name }) => name)
  return { columns: columns.join(', '), values: columns.map((name) => fresh[name] ?? `t.${name}`).join(', ') }
}

/** Fills up to so many stored sheets. Foreign keys are not checked again for copies; the indexes are kept. */
export const fillTo = async (databaseUrl: string, wanted: number): Promise<void> => {
  const own = { session_id: 'k.session', code_hash: 'null', token_hash: 'null' }
  const seat = await copied(databaseUrl, 'screening.seat', { ...own, id: 'k.seat' })
  const sheet = await copied(databaseUrl, 'screening.submission', { id: 'k.sheet', seat_id: 'k.seat', session_id: 'k.session' })
  const receipt = await copied(databaseUrl, 'screening.receipt', { seat_id: 'k.seat', submission_id: 'k.sheet' })
  const flag = await copied(databaseUrl, 'screening.flag', { id: 'uuidv7()', submission_id: 'k.sheet', seat_id: 'k.seat' })
  const audit = await copied(databaseUrl, 'screening.audit_event', { id: 'uuidv7()', subject_ids: 'array[k.sheet]' })
  const [{ stored } = { stored: 0 }] = await rowsOf<{ stored: number }>(
    databaseUrl,
    'select count(*)::int as stored from screening.submission',
  )
  for (let left = wanted - stored; left > 0; left -= step)
    await rowsOf(
      databaseUrl,
      `set session_replication_role = replica;
       create temp table pattern as select *, row_number() over () - 1 as place from (select seat_id, id from screening.submission limit 1000);
       create temp table k as select n, p.seat_id as old_seat, p.id as old_sheet, uuidv7() as seat, uuidv7() as sheet,
           md5((random() * 1e9)::text)::uuid as session
         from generate_series(1, ${Math.min(step, left)}) n join pattern p on p.place = n % (select count(*) from pattern);
       insert into screening.seat (${seat.columns}) select ${seat.values} from k join screening.seat t on t.id = k.old_seat;
       insert into screening.submission (${sheet.columns}) select ${sheet.values} from k join screening.submission t on t.id = k.old_sheet;
       insert into screening.receipt (${receipt.columns}) select ${receipt.values} from k join screening.receipt t on t.seat_id = k.old_seat;
       insert into screening.flag (${flag.columns}) select ${flag.values} from k join screening.flag t on t.submission_id = k.old_sheet;
       insert into screening.audit_event (${audit.columns})
         select ${audit.values} from k, (select * from screening.audit_event where action = 'submission.stored' limit 1) t`,
    )
  await rowsOf(databaseUrl, 'vacuum analyze')
  await rowsOf(databaseUrl, 'checkpoint')
}
