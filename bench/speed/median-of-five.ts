const processor = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Milliseconds of processor time of one call: the median of five samples, each of 20 ms or one call, after half a second to warm up.
 * Processor time, with that of the garbage collector's threads, because it is the same on a busy machine.
 */
export const medianOfFive = (work: () => unknown): number => {
  const began = processor()
  let calls = 0
  while (calls < 2 || processor() - began < 500) {
    work()
    calls += 1
  }
  const batch = Math.max(1, Math.ceil((20 * calls) / (processor() - began)))
  const samples = Array.from({ length: 5 }, () => {
    const start = processor()
    for (let call = 0; call < batch; call += 1) work()
    return (processor() - start) / batch
  })
  return samples.toSorted((left, right) => left - right)[2]!
}
