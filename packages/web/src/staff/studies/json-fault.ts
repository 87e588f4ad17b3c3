// Where a text stops being JSON. Browsers word their errors differently and the newest do not say the place.

const blank = /[ \t\n\r]*/y
const quoted = String.raw`"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`
const string = new RegExp(quoted, 'y')
const scalar = new RegExp(String.raw`${quoted}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`, 'y')
const deepest = 500

/** The position of the first character that cannot stand there, or null when all of it is JSON. */
export const jsonFault = (text: string): number | null => {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const length = pattern.exec(text)?.[0].length
    at += length ?? 0
    return length !== undefined
  }
  const takeSign = (sign: string): boolean => {
    take(blank)
    const there = text[at] === sign
    if (there) at += 1
    take(blank)
    return there
  }
  const list = (entry: () => boolean, end: string): boolean => {
    if (takeSign(end)) return true
    do if (!entry()) return false
    while (takeSign(','))
    return takeSign(end)
  }
  const value = (depth: number): boolean => {
    if (depth > deepest) return false
    if (takeSign('[')) return list(() => value(depth + 1), ']')
    if (takeSign('{')) return list(() => take(string) && takeSign(':') && value(depth + 1), '}')
    return take(scalar)
  }
  const whole = value(0)
  take(blank)
  return whole && at === text.length ? null : at
}
