/** One row of the table: a task, our processor time in milliseconds, R's where it was run, and what statistics.md asks for. */
export type SpeedRow = {
  readonly task: string
  readonly ours: number
  readonly theirs: { readonly by: string; readonly time: number; readonly note?: string } | null
  /** at least so many times as fast as R, or at most so many milliseconds; null where the row is for comparison only */
  readonly goal: { readonly times: number } | { readonly most: number } | null
  /** the largest relative difference between the estimates of both, and what was compared */
  readonly agreement: { readonly difference: number; readonly of: string } | null
}

/** Null where it cannot be told, because R was not run. */
export const met = ({ ours, theirs, goal }: SpeedRow): boolean | null => {
  if (!goal) return null
  if ('most' in goal) return ours <= goal.most
  return theirs ? theirs.time / ours >= goal.times : null
}

export const furthest = (pairs: readonly (readonly [number, number])[]): number =>
  Math.max(...pairs.map(([ours, theirs]) => Math.abs(ours - theirs) / (Math.abs(theirs) || 1)))
