// Sheets of 40 items through HTTP into PostgreSQL with everything on: strict schemas, validation, scores, flags, cases, audit, row-level security,
// a durable commit. Beside it pgbench on the same database, in turns, so that a busy machine is busy for both. `--million` adds a full table.
import { fillTo } from './sessions/million.ts'
import { openPgbench } from './sessions/pgbench.ts'
import { openPlace, type Place } from './sessions/place.ts'
import { failuresOf, goal, median, percentile, percentiles, rateOf } from './sessions/say.ts'
import type { Say } from './timing.ts'

const rounds = 7
const seconds = 3
const clients = 64

const besidePgbench = async (say: Say, place: Place) => {
  const pgbench = await openPgbench(place.databaseUrl)
  if (!pgbench) return say('without pgbench beside it: it is in the Debian package postgresql-contrib (or postgresql)')
  const made: { readonly ours: number; readonly theirs: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const theirs = await pgbench.perSecond(clients, seconds)
    made.push({ theirs, ours: rateOf(await place.handIn(clients, seconds)) })
  }
  pgbench.close()
  const ratio = median(made.map(({ ours, theirs }) => ours / theirs))
  const [ours, theirs] = [median(made.map((round) => round.ours)), median(made.map((round) => round.theirs))]
  say(`${clients} clients, ${rounds} rounds in turns: ${ours.toFixed(0)} sheets/s beside ${theirs.toFixed(0)}/s of pgbench`)
  say(
    `  ratio ${ratio.toFixed(2)} (${made.map((round) => (round.ours / round.theirs).toFixed(2)).join(' ')}); at least 0.6: ${goal(ratio >= 0.6)}`,
  )
}

const atAnyWidth = async (say: Say, place: Place) => {
  for (const width of [1, 16, 64, 256]) {
    const loaded = await place.handIn(width, seconds)
    say(`${String(width).padStart(3)} clients: ${rateOf(loaded).toFixed(0)} sheets/s, ${percentiles(loaded)}, ${failuresOf(loaded)}`)
  }
  const sealed = await place.handInSealed(64, 3000)
  say(` 64 clients, sealed: ${rateOf(sealed).toFixed(0)} sheets/s, ${percentiles(sealed)}, ${failuresOf(sealed)}`)
}

const together = async (say: Say, place: Place) => {
  const minute = await place.arrive(2000, 60)
  const met = percentile(minute, 0.99) < 500 && minute.failures.length === 0
  say(`2,000 pupils within a minute: ${percentiles(minute)}, ${failuresOf(minute)}; p99 below 500 ms and none fails: ${goal(met)}`)
  const second = await place.arrive(2000, 1)
  say(`2,000 pupils within a second: ${percentiles(second)}, ${failuresOf(second)}`)
}

/** A second server with a full table, in turns with the first. */
const besideAMillion = async (say: Say, place: Place) => {
  const full = await openPlace()
  try {
    await full.handIn(16, seconds)
    await fillTo(full.databaseUrl, 1_000_000)
    for (const width of [16, clients]) await full.handIn(width, seconds) // as warm as the first one
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const few = rateOf(await place.handIn(clients, seconds))
      ratios.push(rateOf(await full.handIn(clients, seconds)) / few)
    }
    const ratio = median(ratios)
    say(
      `with 1,000,000 stored sheets: ${ratio.toFixed(2)} of the rate with a few thousand (${ratios.map((one) => one.toFixed(2)).join(' ')})`,
    )
    say(`  within 10%: ${goal(ratio >= 0.9)}`)
  } finally {
    await full.close()
  }
}

export const sessions = async (say: Say) => {
  const place = await openPlace()
  try {
    await place.handIn(16, seconds) // to warm up
    await atAnyWidth(say, place)
    await besidePgbench(say, place)
    await together(say, place)
    if (process.argv.includes('--million')) await besideAMillion(say, place)
    else say('a table with 1,000,000 sheets takes minutes to fill: npm run bench -- sessions --million')
  } finally {
    await place.close()
  }
}
