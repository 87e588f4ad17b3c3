// `npm run bench -- [name …] [--option]`: timings as ratios within one run, for a person to read. No test asserts them.
// `--long` lets R take its minutes, `--million` fills the database first.
import { roster } from './roster.ts'
import { score } from './score.ts'
import { sessions } from './sessions.ts'
import { speed } from './speed.ts'
import { submissions } from './submissions.ts'

const benches = { roster, score, sessions, speed, submissions } as const
type Name = keyof typeof benches

const long = process.argv.includes('--long')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  process.stderr.write(`there is no bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}\n`)
  process.exit(1)
}
for (const name of (wanted.length > 0 ? wanted : Object.keys(benches)) as Name[]) {
  process.stdout.write(`${name}\n`)
  await benches[name]((line) => process.stdout.write(`  ${line}\n`), { long })
}
