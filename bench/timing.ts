// The median of several runs after two to warm up, in milliseconds.
export type Say = (line: string) => void

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)]!
}

export const timed = (work: () => unknown, runs = 15): number => {
  const times: number[] = []
  for (let run = -2; run < runs; run += 1) {
    const began = performance.now()
    work()
    if (run >= 0) times.push(performance.now() - began)
  }
  return median(times)
}

export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
export const times = (slow: number, quick: number) => `${(slow / quick).toFixed(1)} times`
