// The number from which an allocation is drawn: with the same schools it gives the same groups again.

export const largestSeed = 4_294_967_295

/** A whole number that the server takes, or null. */
export const seedOf = (text: string): number | null => {
  const digits = text.normalize('NFKC').trim()
  const seed = /^\d{1,10}$/.test(digits) ? Number(digits) : largestSeed + 1
  return seed <= largestSeed ? seed : null
}

export const randomSeed = (fill: (numbers: Uint32Array<ArrayBuffer>) => Uint32Array): number => fill(new Uint32Array(1))[0] ?? 0
