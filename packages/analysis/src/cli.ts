/** npm run analysis -- <command>: effects, models and reports at the command line. */
import { run } from './cli/run.ts'

process.exitCode = await run(process.argv.slice(2))
