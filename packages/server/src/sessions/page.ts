// A pupil's page from before an upgrade may not know what the session's instruments ask for: it says so before she begins.
import { Problem } from '../problem.ts'

/** `said`: the address of the script that the page runs; whoever says none is no such page. `served`: the one that is handed out now. */
export const refuseOlder = (said: unknown, served: string | null) => {
  const own = typeof said === 'string' ? said.split('/').pop() : undefined
  if (served !== null && own !== undefined && /^pupil-[\w-]+\.js$/.test(own) && own !== served) throw new Problem('session.page-old')
}
