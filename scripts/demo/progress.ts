// One line that fills up on a terminal; a few plain lines elsewhere.
export type Out = { readonly write: (text: string) => unknown; readonly isTTY?: boolean }
export type Progress = { readonly step: () => void; readonly done: () => void }

export const progress = (label: string, total: number, out: Out): Progress => {
  let count = 0
  const width = 32
  const line = () => {
    const filled = Math.round((count / total) * width)
    return `  ${label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${count}/${total}`
  }
  const show = () => {
    if (out.isTTY) out.write(`\r${line()}`)
    else if (count % Math.ceil(total / 4) === 0 || count === total) out.write(`${line()}\n`)
  }
  return {
    step: () => {
      count += 1
      show()
    },
    done: () => {
      if (out.isTTY) out.write('\n')
    },
  }
}

/** Runs the work on every item, at most `width` at a time. */
export const inParallel = async <T>(items: readonly T[], width: number, work: (item: T) => Promise<unknown>) => {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
