/** npm run instruments -- <command>: the library at the command line. */
import { run } from './cli/run.ts'

const { code, output, errors } = await run(process.argv.slice(2))
for (const text of output) console.log(text)
for (const text of errors) console.error(text)
process.exitCode = code
