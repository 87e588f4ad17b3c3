// What a school's spreadsheet may be at most. Files above are refused with a sentence before memory or time runs out (SEC-08).
export const limits = {
  fileBytes: 20_000_000,
  /** Of one part of a workbook, and of all that are read together, once unpacked. */
  unpackedBytes: 250_000_000,
  /** A part that unpacks to more than this many times its size is no table that people made. */
  ratio: 200,
  ratioFrom: 10_000_000,
  entries: 2_000,
  sheets: 200,
  rows: 100_000,
  /** As spreadsheets count; what stands below has no place. */
  lastRow: 1_048_576,
  /** Lines with something in them, of all sheets; a few more than pupils, for titles and headers. */
  lines: 101_000,
  columns: 120,
  cell: 400,
  merges: 20_000,
  sharedStrings: 3_000_000,
  workerMegabytes: 320,
  workerSeconds: 30,
  waiting: 4,
} as const

/** So many rows of each kind are shown of a plan. */
export const mostShown = 2_000
/** So many rows go between the threads, and to the database, at once: all in one message would stand in memory once more. */
export const atOnce = 5_000
