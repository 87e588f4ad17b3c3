/** How much of a foreign file is read. A larger one is refused, never cut silently. */
export const limits = {
  /** Characters of one file. */
  file: 5_000_000,
  /** Characters of all files together. */
  files: 30_000_000,
  /** Rows and columns of a CSV file. */
  rows: 5000,
  columns: 300,
  /** Items of one instrument, answers of one item, scores of one instrument, languages. */
  items: 500,
  answers: 60,
  scores: 100,
  languages: 100,
  /** Characters of all words once every item has its answers in every language. */
  words: 20_000_000,
} as const
