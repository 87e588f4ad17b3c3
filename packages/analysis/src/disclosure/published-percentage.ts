export type PublishedPercentage =
  | { readonly kind: 'percentage'; readonly value: number; readonly bound: 'exact' | 'at-most' | 'at-least' }
  | { readonly kind: 'suppressed'; readonly reason: 'small-total' | 'small-count' }

/**
 * A percentage as it may be published: 5 and less as "at most 5", 95 and more as "at least 95", none of a total under the minimum,
 * and no exact one that would give away a count, or its complement, under the minimum.
 * Not beside the exact count of the same cell, which would undo the clipping.
 * @param count @param total whole numbers, the count at most the total; @param minimum as in suppressSmallCells
 * Throws on other counts. Example: publishedPercentage(3, 100) is at most 5, publishedPercentage(30, 100) is exactly 30
 */
export const publishedPercentage = (count: number, total: number, minimum = 10): PublishedPercentage => {
  if (!Number.isInteger(count) || !Number.isInteger(total) || count < 0 || count > total)
    throw new Error(`publishedPercentage requires whole counts from 0 to the total, got ${count} of ${total}`)
  if (total === 0 || total < minimum) return { kind: 'suppressed', reason: 'small-total' }
  const value = (100 * count) / total
  if (value <= 5) return { kind: 'percentage', value: 5, bound: 'at-most' }
  if (value >= 95) return { kind: 'percentage', value: 95, bound: 'at-least' }
  if (count < minimum || total - count < minimum) return { kind: 'suppressed', reason: 'small-count' }
  return { kind: 'percentage', value, bound: 'exact' }
}
