/** What lies at or below a value and what lies above it. Each is computed by itself: 1 − the other has lost the digits of a small tail. */
export type Tails = { readonly lower: number; readonly upper: number }
export type Tail = keyof Tails
