// Codes that a person types from a card: Crockford base 32, which has no letters that look like digits.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const draw = (length: number, random: (bytes: number) => Buffer) =>
  Array.from(random(length), (byte) => alphabet[byte & 31]).join('')

export const newCode = (random: (bytes: number) => Buffer) => draw(6, random)

/** What is typed: small letters, O for 0, I or L for 1, spaces and hyphens are all meant well. */
export const readTyped = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
