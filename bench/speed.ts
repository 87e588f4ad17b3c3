// Every row of the speed table of statistics.md beside R, in one run, and how time grows with pupils. Writes docs/performance.md when R was there.
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bootstraps } from './speed/bootstraps.ts'
import { robust, robustTime } from './speed/cluster-robust.ts'
import { debianPackages, versionsOfR } from './speed/in-r.ts'
import { mixedModel } from './speed/mixed-model.ts'
import { goalOf, page, ratio, time } from './speed/page.ts'
import { reliability } from './speed/reliability.ts'
import type { SpeedRow } from './speed/row.ts'
import type { Say } from './timing.ts'

const machine = () => `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`

const told = (row: SpeedRow): string => {
  const { task, ours, theirs, agreement } = row
  const r = theirs ? `; ${theirs.by} ${time(theirs.time)}${theirs.note ? ` (${theirs.note})` : ''}, ${ratio(row)}` : ''
  const goal = goalOf(row) && `; goal ${goalOf(row)}`
  const apart = agreement ? `; estimates ${agreement.difference.toExponential(0)} apart (${agreement.of})` : ''
  return `${task}: ${time(ours)}${r}${goal}${apart}`
}

export const speed = async (say: Say, { long }: { readonly long: boolean }) => {
  const r = versionsOfR()
  say(`${machine()}; Node ${process.versions.node}; ${r ?? 'no R'}`)
  if (!r) say(`for R's times: apt-get install ${debianPackages.join(' ')}`)
  const tell = (rows: readonly SpeedRow[]) => {
    for (const row of rows) say(told(row))
    return rows
  }
  const mixed = [10, 100, 1000, 10_000].map((schools) => {
    const found = mixedModel(schools, r !== null, long)
    if (schools >= 1000) tell(found.rows)
    return { schools, ...found }
  })
  const rows = [
    ...mixed.flatMap(({ schools, rows: own }) => (schools >= 1000 ? own : [])),
    ...tell(robust(r !== null, long)),
    ...tell(reliability(r !== null)),
    ...tell(bootstraps(r !== null, long)),
  ]
  const growth = mixed.map(({ schools, pupils, ours, theirs }) => ({ pupils, mixed: ours, robust: robustTime(schools), lmer: theirs }))
  for (const { pupils, mixed: own, robust: sandwich, lmer } of growth)
    say(
      `${pupils.toLocaleString('en')} pupils: mixed model ${time(own)}, CR2 ${time(sandwich)}${lmer === null ? '' : `, lmer ${time(lmer)}`}`,
    )
  if (!r) return say('docs/performance.md is left as it is: it compares with R')
  writeFileSync(
    fileURLToPath(new URL('../docs/performance.md', import.meta.url)),
    page({ machine: machine(), node: process.versions.node, r, long, rows, growth }),
  )
  say('written: docs/performance.md')
}
