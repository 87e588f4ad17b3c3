// Sheets of 40 items through HTTP into PostgreSQL with everything on: strict schemas, validation, scores, flags, cases, audit, row-level security,
// a durable commit. Beside it pgbench on the same database, in turns, so that a busy machine is busy for both. `--million` adds a full table.
import { rowsOf } from '../packages/server/test/rows.ts'
import { sayBackground } from './sessions/background.ts'
import { fillTo } from './sessions/million.ts'
import { openPgbench } from './sessions/pgbench.ts'
import { type Measured, openPlace, type Place } from './sessions/place.ts'
import { failuresOf, goal, median, percentile, percentiles, rateOf, spentOf, spentPerSheet } from './sessions/say.ts'
import type { Say } from './timing.ts'

const rounds = 7
const seconds = 3
const clients = 64
const sheetsInARound = 2000

const besidePgbench = async (say: Say, place: Place) => {
  const pgbench = await openPgbench(place.databaseUrl, place.databasePid)
  if (!pgbench) return say('without pgbench beside it: it is in the Debian package postgresql-contrib (or postgresql)')
  const made: { readonly ours: Measured; readonly theirs: Awaited<ReturnType<typeof pgbench.run>> }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const theirs = await pgbench.run(clients, seconds)
    const ours = await place.handIn(clients, seconds)
    if (theirs.perSecond > 0) made.push({ theirs, ours })
    else say('  a round is left out: this machine is so busy that pgbench did not come to a transaction')
  }
  pgbench.close()
  const ratios = made.map(({ ours, theirs }) => rateOf(ours) / theirs.perSecond)
  const [ours, theirs] = [median(made.map((round) => rateOf(round.ours))), median(made.map((round) => round.theirs.perSecond))]
  say(`${clients} clients, ${made.length} rounds in turns: ${ours.toFixed(0)} sheets/s beside ${theirs.toFixed(0)}/s of pgbench`)
  const ratio = median(ratios)
  say(`  ratio ${ratio.toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(' ')}); at least 0.6: ${goal(ratio >= 0.6)}`)
  const spent = median(made.map((round) => round.theirs.spent / spentPerSheet(round.ours)))
  const each = median(made.map((round) => round.theirs.spent * 1000))
  say(
    `  by processor time alone ${spent.toFixed(2)}: pgbench and PostgreSQL ${each.toFixed(0)} µs a transaction; ${spentOf(made.at(-1)!.ours)}`,
  )
}

const atAnyWidth = async (say: Say, place: Place) => {
  for (const width of [1, 16, 64, 256]) {
    const loaded = await place.handIn(width, seconds)
    say(`${String(width).padStart(3)} clients: ${rateOf(loaded).toFixed(0)} sheets/s, ${percentiles(loaded)}, ${failuresOf(loaded)}`)
    say(`             ${spentOf(loaded)}`)
  }
  const sealed = await place.handInSealed(64, 3000)
  say(
    ` 64 clients, sealed and timed as pages send them: ${rateOf(sealed).toFixed(0)} sheets/s, ${percentiles(sealed)}, ${failuresOf(sealed)}`,
  )
}

const together = async (say: Say, place: Place) => {
  const minute = await place.arrive(2000, 60)
  const met = percentile(minute, 0.99) < 500 && minute.failures.length === 0
  say(`2,000 pupils within a minute: ${percentiles(minute)}, ${failuresOf(minute)}; p99 below 500 ms and none fails: ${goal(met)}`)
  const second = await place.arrive(2000, 1)
  say(`2,000 pupils within a second: ${percentiles(second)}, ${failuresOf(second)}`)
}

/** Two more servers, one with a thousand sheets and one with a million, in turns. Warm both, and few sheets in a round: the first stays small. */
const besideAMillion = async (say: Say) => {
  const [few, full] = [await openPlace(), await openPlace()]
  try {
    for (const place of [few, full]) await place.handIn(16, 60, 1000)
    await fillTo(full.databaseUrl, 1_000_000)
    const made: { readonly few: Measured; readonly full: Measured }[] = []
    for (let round = -2; round < rounds; round += 1) {
      const one = { few: await few.handIn(clients, 60, sheetsInARound), full: await full.handIn(clients, 60, sheetsInARound) }
      if (round >= 0) made.push(one)
    }
    const ratios = made.map((round) => rateOf(round.full) / rateOf(round.few))
    const ratio = median(ratios)
    say(`1,000,000 stored sheets: ${ratio.toFixed(2)} of the rate with some thousand (${ratios.map((one) => one.toFixed(2)).join(' ')})`)
    say(`  within 10%: ${goal(ratio >= 0.9)}`)
    const spent = median(made.map((round) => spentPerSheet(round.few) / spentPerSheet(round.full)))
    say(`  by processor time alone ${spent.toFixed(2)}; ${spentOf(made.at(-1)!.full)}`)
  } finally {
    for (const place of [few, full]) await place.close()
  }
}

export const sessions = async (say: Say) => {
  const place = await openPlace()
  try {
    await place.handIn(16, seconds) // to warm up
    await rowsOf(place.databaseUrl, 'analyze') // as on any server after its first minutes
    await atAnyWidth(say, place)
    await besidePgbench(say, place)
    await together(say, place)
    await sayBackground(say, place.databaseUrl)
  } finally {
    await place.close()
  }
  if (process.argv.includes('--million')) await besideAMillion(say)
  else say('a table with 1,000,000 sheets takes minutes to fill: npm run bench -- sessions --million')
}
