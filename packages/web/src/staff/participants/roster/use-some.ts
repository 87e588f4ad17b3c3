import { useState } from 'preact/hooks'

const step = 100

/** The first hundred of many rows, and more when asked: an old laptop draws no two thousand at once. */
export const useSome = <T>(rows: readonly T[]) => {
  const [most, setMost] = useState(step)
  const more = Math.min(step * 5, rows.length - most)
  return { some: rows.slice(0, most), more: Math.max(0, more), showMore: () => setMost(most + step * 5) }
}
