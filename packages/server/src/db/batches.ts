// Adaptive group commit: work that comes while other work is under way waits and goes as a batch. A quiet server does each piece at once; a busy
// one pays one commit for many. A batch takes half of what waits, so that this process and the database work at the same time and not in turns.
// No timer: a fixed wait would only slow a quiet server down.

type Waiting<Item, Made> = { readonly item: Item; readonly resolve: (made: Made) => void; readonly reject: (error: unknown) => void }
/** `inFlight`: batches under way at once, `ofOne`: of one county; `further`: fewer wait for the batch under way; `least`: so many are not worth halving. */
type Limits = Readonly<Record<'inFlight' | 'ofOne' | 'further' | 'least' | 'most', number>>
const usual: Limits = { inFlight: 4, ofOne: 2, further: 16, least: 24, most: 200 }

/** One piece is at fault, not the database: data that do not fit, a broken rule, a deadlock. Then the others of its batch must not suffer. */
const isOfOnePiece = (error: unknown) => /^(22|23|40)/.test(String((error as { code?: unknown } | null)?.code ?? ''))

/**
 * @param work does all items of one key (a county) in one transaction and answers in their order, or throws and has done nothing
 * @returns does one item; it is done, and durable, when the promise resolves
 */
export const inBatches = <Item, Made>(
  work: (key: string, items: readonly Item[]) => Promise<readonly Made[]>,
  { inFlight, ofOne, further, least, most }: Limits = usual,
): ((key: string, item: Item) => Promise<Made>) => {
  const queues = new Map<string, Waiting<Item, Made>[]>()
  const flying: string[] = []
  let called = false

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

  const mayFly = (key: string) => {
    const own = flying.filter((one) => one === key).length
    return own === 0 || (own < ofOne && queues.get(key)!.length >= further)
  }
  const next = () => (flying.length < inFlight ? [...queues.keys()].find(mayFly) : undefined)

  const fly = (key: string) => {
    const waiting = queues.get(key)!
    const batch = waiting.splice(0, Math.min(most, Math.max(least, Math.ceil(waiting.length / 2))))
    queues.delete(key)
    if (waiting.length > 0) queues.set(key, waiting) // behind the other counties
    flying.push(key)
    void run(key, batch).finally(() => {
      flying.splice(flying.indexOf(key), 1)
      pump()
    })
  }

  const pump = () => {
    for (let key = next(); key !== undefined; key = next()) fly(key)
  }

  /** What arrives in the same turn goes together. */
  const call = () => {
    if (called) return
    called = true
    setImmediate(() => {
      called = false
      pump()
    })
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const waiting = queues.get(key) ?? []
      waiting.push({ item, resolve, reject })
      queues.set(key, waiting)
      call()
    })
}
