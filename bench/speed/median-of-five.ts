/** Milliseconds of one call: the median of five samples, each of 20 ms or one call, after half a second to warm up. */
export const medianOfFive = (work: () => unknown): number => {
  const began = performance.now()
  let calls = 0
  while (calls < 2 || performance.now() - began < 500) {
    work()
    calls += 1
  }
  const batch = Math.max(1, Math.ceil((20 * calls) / (performance.now() - began)))
  const samples = Array.from({ length: 5 }, () => {
    const start = performance.now()
    for (let call = 0; call < batch; call += 1) work()
    return (performance.now() - start) / batch
  })
  return samples.toSorted((left, right) => left - right)[2]!
}
