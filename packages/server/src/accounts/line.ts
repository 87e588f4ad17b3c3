// Work that is costly on purpose, such as checking a password, is let in a few at a time: the others wait here, not at the database.

export type Line = <T>(work: () => Promise<T>) => Promise<T>

export const line = (width: number): Line => {
  const waiting: (() => void)[] = []
  let free = width
  const enter = async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
