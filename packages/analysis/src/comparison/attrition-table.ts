/** In percent: at this overall attrition, the largest differential attrition that still counts as low. */
export type AttritionLimit = { readonly overall: number; readonly cautious: number; readonly optimistic: number }

// biome-ignore format: a table is read in rows of ten
const cautious = [
  5.7, 5.8, 5.9, 5.9, 6, 6.1, 6.2, 6.3, 6.3, 6.3,
  6.3, 6.2, 6.2, 6.1, 6, 5.9, 5.9, 5.8, 5.7, 5.5,
  5.4, 5.3, 5.2, 5.1, 4.9, 4.8, 4.7, 4.5, 4.4, 4.3,
  4.1, 4, 3.8, 3.6, 3.5, 3.3, 3.2, 3.1, 2.9, 2.8,
  2.6, 2.5, 2.3, 2.1, 2, 1.8, 1.6, 1.5, 1.3, 1.2,
  1, 0.9, 0.7, 0.6, 0.4, 0.3, 0.2, 0,
]
// biome-ignore format: a table is read in rows of ten
const optimistic = [
  10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9,
  10.9, 10.9, 10.9, 10.9, 10.8, 10.8, 10.7, 10.6, 10.5, 10.3,
  10.2, 10, 9.9, 9.7, 9.5, 9.4, 9.2, 9, 8.8, 8.6,
  8.4, 8.2, 8, 7.8, 7.6, 7.4, 7.2, 7, 6.7, 6.5,
  6.3, 6, 5.8, 5.6, 5.3, 5.1, 4.9, 4.6, 4.4, 4.2,
  3.9, 3.7, 3.5, 3.2, 3, 2.8, 2.6, 2.3,
]

/**
 * The boundary between low and high attrition for overall attrition of 0 to 57 per cent, under the cautious and the optimistic assumption on how loss
 * goes with the outcome. Beyond 57 per cent attrition is high whatever the difference.
 * Source: What Works Clearinghouse Standards Handbook 4.0, table II.1.
 */
export const attritionTable: readonly AttritionLimit[] = cautious.map((limit, overall) => ({
  overall,
  cautious: limit,
  optimistic: optimistic[overall]!,
}))
