/** The commands, in the order of the help page. */
import { check, lock, schema } from './check.ts'
import type { Command } from './command.ts'
import { diff } from './diff.ts'
import { exporting } from './export.ts'
import { importing } from './import.ts'
import { list, show } from './list.ts'
import { score } from './score.ts'
import { simulate } from './simulate.ts'

export const commands: Readonly<Record<string, Command>> = {
  list,
  check,
  lock,
  show,
  schema,
  score,
  import: importing,
  export: exporting,
  diff,
  simulate,
}
