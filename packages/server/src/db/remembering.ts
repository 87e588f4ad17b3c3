// Fewer words with PostgreSQL. Statements that come again are prepared: each connection reads and plans them once, with their row-level
// security. And what nobody waits for, the begin of a transaction and its scope, goes out together with the first statement.
import type { Writable } from 'node:stream'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'

/** Begins a statement whose result nobody reads: it may go out with the next one. When it fails, so does that, and the transaction with it. */
export const unreadMark = '/* unread */'

/** Begins the last statement of a transaction: the commit goes out with it. When it fails, nothing is committed. */
export const lastMark = '/* last */'

const most = 300 // statements that are remembered
const fewParameters = 20 // a longer list is as long as its rows: such a text hardly comes again

/** Gives a text a name when it comes for the second time. */
const namer = () => {
  const names = new Map<string, string | null>()
  let given = 0
  return (text: string): string | null => {
    const known = names.get(text)
    if (known) return known
    if (known === undefined && names.size >= most) return null
    const name = known === null ? `again-${++given}` : null
    names.set(text, name)
    return name
  }
}

const isUnread = (text: string) => text === 'begin' || text.startsWith(unreadMark)
const nothing = { command: 'SELECT', rowCount: 0, rows: [] } as const

type Query = PostgresPoolClient['query'] & ((text: string, parameters: readonly unknown[]) => Promise<unknown>)
type Waiting = readonly [text: string, parameters: readonly unknown[]]
type Line = { readonly connection: { readonly stream: Writable } } // pg's types leave it out

const remember = (client: PoolClient, nameOf: (text: string) => string | null): PostgresPoolClient => {
  const { stream } = (client as PoolClient & Line).connection
  let waiting: readonly Waiting[] = []
  let ending: Promise<unknown> | null = null
  const send = ([text, parameters]: Waiting): Promise<unknown> => {
    const name = parameters.length > 0 && parameters.length <= fewParameters ? nameOf(text) : null
    return client.query({ text, values: [...parameters], ...(name && { name }) })
  }
  const together = (statements: readonly Waiting[]): readonly Promise<unknown>[] => {
    waiting = []
    stream.cork() // what goes out together is written at once
    const sent = statements.map(send)
    stream.uncork()
    return sent
  }
  const query = async (...statement: Waiting): Promise<unknown> => {
    const [text] = statement
    if (ending && text !== 'commit' && text !== 'rollback') throw new Error('a statement after the last of its transaction')
    if (isUnread(text)) {
      waiting = [...waiting, statement]
      return nothing
    }
    if (ending) {
      const ended = ending // by the commit that went out with the last statement
      ending = null
      return ended
    }
    const all = [...(text === 'rollback' ? [] : waiting), statement]
    if (!text.startsWith(lastMark)) return (await Promise.all(together(all))).at(-1)
    const sent = together([...all, ['commit', []]])
    ending = sent.at(-1)!
    return (await Promise.all(sent)).at(-2)
  }
  const release = (destroy?: boolean) => {
    waiting = []
    ending = null
    client.release(destroy)
  }
  return { query: query as Query, release }
}

/** @param pool of clients with `pipeline` */
export const remembering = (pool: Pool): PostgresPool => {
  const nameOf = namer()
  const clients = new WeakMap<PoolClient, PostgresPoolClient>()
  const connect = async () => {
    const client = await pool.connect()
    const known = clients.get(client) ?? remember(client, nameOf)
    clients.set(client, known)
    return known
  }
  return { connect, end: () => pool.end(), options: pool.options }
}
