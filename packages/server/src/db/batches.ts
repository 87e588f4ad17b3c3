// Adaptive group commit: work that comes while other work is under way waits and goes as one batch. A quiet server does each piece at once;
// a busy one pays one commit for many. No timer: a fixed wait would only slow a quiet server down.

type Waiting<Item, Made> = { readonly item: Item; readonly resolve: (made: Made) => void; readonly reject: (error: unknown) => void }
/** `inFlight`: batches under way at once, of one county never more than one. */
type Limits = { readonly inFlight: number; readonly most: number }

/** One piece is at fault, not the database: data that do not fit, a broken rule, a deadlock. Then the others of its batch must not suffer. */
const isOfOnePiece = (error: unknown) => /^(22|23|40)/.test(String((error as { code?: unknown } | null)?.code ?? ''))

/**
 * @param work does all items of one key (a county) in one transaction and answers in their order, or throws and has done nothing
 * @returns does one item; it is done, and durable, when the promise resolves
 */
export const inBatches = <Item, Made>(
  work: (key: string, items: readonly Item[]) => Promise<readonly Made[]>,
  { inFlight, most }: Limits = { inFlight: 4, most: 200 },
): ((key: string, item: Item) => Promise<Made>) => {
  const queues = new Map<string, Waiting<Item, Made>[]>()
  const flying = new Set<string>()

  const run = async (key: string, batch: readonly Waiting<Item, Made>[]): Promise<void> => {
    try {
      const made = await work(
        key,
        batch.map(({ item }) => item),
      )
      for (const [place, { resolve }] of batch.entries()) resolve(made[place]!)
    } catch (error) {
      if (batch.length > 1 && isOfOnePiece(error)) for (const one of batch) await run(key, [one])
      else for (const { reject } of batch) reject(error)
    }
  }

  const pump = () => {
    for (const [key, waiting] of [...queues]) {
      if (flying.size >= inFlight) return
      if (flying.has(key)) continue
      const batch = waiting.splice(0, most)
      queues.delete(key)
      if (waiting.length > 0) queues.set(key, waiting) // behind the other counties
      flying.add(key)
      void run(key, batch).finally(() => {
        flying.delete(key)
        pump()
      })
    }
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const waiting = queues.get(key) ?? []
      waiting.push({ item, resolve, reject })
      queues.set(key, waiting)
      pump()
    })
}
