/** The functions of one column of numbers that a formula may name: log(x) and its like, and I(x^2) with a sign and a number. */

type Named = 'log' | 'log2' | 'log10' | 'log1p' | 'sqrt' | 'exp' | 'abs'
type Sign = '+' | '-' | '*' | '/' | '^'
export type Transform = { readonly by: Named } | { readonly by: Sign; readonly number: number }

const named: Readonly<Record<Named, (x: number) => number>> = {
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  exp: Math.exp,
  abs: Math.abs,
}
const signed: Readonly<Record<Sign, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '^': (x, y) => x ** y,
}

export const transformNames: readonly string[] = Object.keys(named)
export const namedTransform = (name: string): Transform | null => (Object.hasOwn(named, name) ? { by: name as Named } : null) // its own key
export const signedTransform = (sign: string, number: number): Transform | null =>
  Object.hasOwn(signed, sign) ? { by: sign as Sign, number } : null // its own key

/** The value of a transform; not finite where it has none, as the logarithm of zero. */
export const transformed = (transform: Transform, value: number): number =>
  'number' in transform ? signed[transform.by](value, transform.number) : named[transform.by](value)

/** The same in the SQL of PostgreSQL and DuckDB. */
export const transformSql = (transform: Transform, column: string): string => {
  if ('number' in transform) {
    const number = `CAST(${transform.number} AS float8)`
    return transform.by === '^' ? `power(${column}, ${number})` : `(${column} ${transform.by} ${number})`
  }
  if (transform.by === 'log') return `ln(${column})`
  if (transform.by === 'log1p') return `ln(1e0 + ${column})`
  return transform.by === 'log2' || transform.by === 'log10'
    ? `(ln(${column}) / ln(CAST(${transform.by.slice(3)} AS float8)))`
    : `${transform.by}(${column})`
}
