/**
 * Score expressions of foreign files (FHIRPath, JavaScript, REDCap, XLSForm), parsed by one small grammar. Nothing is executed: an
 * expression becomes a tree, and `score-form.ts` reads the tree as a weighted sum or says that it is not understood.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly on: Expression | null; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'member'; readonly on: Expression; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression }

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression; readonly repaired: readonly string[] }
  | { readonly ok: false; readonly at: number; readonly why: string }

type Token = { readonly kind: 'number' | 'text' | 'name' | 'variable' | 'sign'; readonly text: string; readonly at: number }

const longest = 20_000
const mostTokens = 4000
const deepest = 60

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y],
  ['variable', /\$\{\s*([\w.-]+)\s*\}|\[([A-Za-z][\w()-]*)\]|`([^`]{1,200})`/y],
  ['name', /[%$]?[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /&&|\|\||[!<>=]=?=?|<>|\{\}|[-+*/^().,?:|&[\]]/y],
]

const hyphened = /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+/
const longestName = 120

/** A known name with a hyphen that no grammar would read as one word, such as PSC-17_1; the author plainly meant the item. */
const hyphenedName = (text: string, at: number, names: ReadonlySet<string>): string | null => {
  const [found] = hyphened.exec(text.slice(at, at + longestName)) ?? []
  if (found === undefined || names.has(found.slice(0, found.indexOf('-')))) return null
  for (let candidate = found; candidate.includes('-'); candidate = candidate.slice(0, candidate.lastIndexOf('-')))
    if (names.has(candidate)) return candidate
  return null
}

type Tokens = { readonly tokens: readonly Token[]; readonly repaired: readonly string[] }

const tokensOf = (text: string, names: ReadonlySet<string>): Tokens | { readonly at: number; readonly why: string } => {
  const tokens: Token[] = []
  const repaired: string[] = []
  for (let at = 0; at < text.length; ) {
    if (tokens.length > mostTokens) return { at, why: `has more than ${mostTokens} words and signs` }
    const meant = hyphenedName(text, at, names)
    if (meant !== null) {
      repaired.push(meant)
      tokens.push({ kind: 'variable', text: meant, at })
      at += meant.length
      continue
    }
    let length = 0
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      if (!match) continue
      length = match[0].length
      if (kind !== 'space') tokens.push({ kind, text: match[1] ?? match[2] ?? match[3] ?? match[0], at })
      break
    }
    if (length === 0) return { at, why: `${JSON.stringify(text[at])} belongs to no expression` }
    at += length
  }
  return { tokens, repaired }
}

const binding: readonly (readonly string[])[] = [
  ['or', '||', 'xor', 'implies'],
  ['and', '&&'],
  ['=', '==', '===', '!=', '!==', '<>', '<', '>', '<=', '>=', '~', 'in', 'contains'],
  ['|'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
  ['^'],
]

class Fault extends Error {
  readonly at: number
  constructor(at: number, why: string) {
    super(why)
    this.at = at
  }
}

/** A place among the tokens, and how deep the parser has gone to get there. */
type Cursor = { readonly tokens: readonly Token[]; readonly end: number; place: number; depth: number }

const peek = ({ tokens, place }: Cursor) => tokens[place]

const fail = (cursor: Cursor, why: string): never => {
  throw new Fault(peek(cursor)?.at ?? cursor.end, why)
}

const isAt = (cursor: Cursor, ...texts: readonly string[]): boolean => {
  const token = peek(cursor)
  return token !== undefined && (token.kind === 'sign' || token.kind === 'name') && texts.includes(token.text)
}

/** Goes on when one of the texts stands here, and says whether it did. */
const took = (cursor: Cursor, ...texts: readonly string[]): boolean => {
  const found = isAt(cursor, ...texts)
  if (found) cursor.place += 1
  return found
}

const expected = (cursor: Cursor, text: string) => {
  if (!took(cursor, text)) fail(cursor, `${text} is expected`)
}

const nested = (cursor: Cursor, parse: (cursor: Cursor) => Expression): Expression => {
  cursor.depth += 1
  if (cursor.depth > deepest) fail(cursor, `it is nested deeper than ${deepest}`)
  const expression = parse(cursor)
  cursor.depth -= 1
  return expression
}

const argumentsOf = (cursor: Cursor): readonly Expression[] => {
  const args: Expression[] = []
  while (!isAt(cursor, ')')) {
    args.push(whole(cursor))
    if (!isAt(cursor, ')')) expected(cursor, ',')
  }
  expected(cursor, ')')
  return args
}

const primary = (cursor: Cursor): Expression => {
  const token = peek(cursor) ?? fail(cursor, 'it ends too early')
  if (token.kind === 'sign' && token.text !== '{}' && token.text !== '(')
    return fail(cursor, `${token.text} stands where a number or an item is expected`)
  cursor.place += 1
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
  if (token.kind === 'text') return { kind: 'text', value: token.text.slice(1, -1) }
  if (token.kind === 'variable') return { kind: 'name', name: token.text }
  if (token.text === '{}') return { kind: 'nothing' }
  if (token.text === '(') {
    const inner = whole(cursor)
    expected(cursor, ')')
    return inner
  }
  return took(cursor, '(') ? { kind: 'call', on: null, name: token.text, args: argumentsOf(cursor) } : { kind: 'name', name: token.text }
}

const memberOf = (on: Expression, cursor: Cursor): Expression => {
  const token = peek(cursor)
  if (token?.kind !== 'name') return fail(cursor, 'a name is expected after the dot')
  cursor.place += 1
  return took(cursor, '(') ? { kind: 'call', on, name: token.text, args: argumentsOf(cursor) } : { kind: 'member', on, name: token.text }
}

const postfix = (cursor: Cursor): Expression => {
  let expression = primary(cursor)
  for (;;) {
    if (took(cursor, '.')) expression = memberOf(expression, cursor)
    else if (took(cursor, '[')) {
      expression = { kind: 'call', on: expression, name: 'at', args: [whole(cursor)] }
      expected(cursor, ']')
    } else return expression
  }
}

const unary = (cursor: Cursor): Expression => {
  const operator = peek(cursor)?.text ?? ''
  if (took(cursor, '-', '+')) return { kind: 'operation', operator, left: { kind: 'number', value: 0 }, right: nested(cursor, unary) }
  return took(cursor, '!') ? { kind: 'call', on: null, name: 'not', args: [nested(cursor, unary)] } : postfix(cursor)
}

const operations = (cursor: Cursor, level: number): Expression => {
  const signs = binding[level]
  if (signs === undefined) return unary(cursor)
  let left = operations(cursor, level + 1)
  while (isAt(cursor, ...signs)) {
    const operator = peek(cursor)!.text
    cursor.place += 1
    left = { kind: 'operation', operator, left, right: operations(cursor, level + 1) }
  }
  return left
}

/** Any expression, with JavaScript's `condition ? yes : no` on top. */
const whole = (cursor: Cursor): Expression =>
  nested(cursor, () => {
    const condition = operations(cursor, 0)
    if (!took(cursor, '?')) return condition
    const yes = whole(cursor)
    expected(cursor, ':')
    return { kind: 'call', on: null, name: 'iif', args: [condition, yes, whole(cursor)] }
  })

/** Parses an expression; `names` are the items of the file, so that a name with a hyphen is recognised and reported as repaired. */
export const parseExpression = (text: string, names: ReadonlySet<string> = new Set()): ParsedExpression => {
  if (text.length > longest) return { ok: false, at: 0, why: `is longer than ${longest} characters` }
  const read = tokensOf(text, names)
  if ('why' in read) return { ok: false, ...read }
  try {
    const cursor: Cursor = { tokens: read.tokens, end: text.length, place: 0, depth: 0 }
    const expression = whole(cursor)
    if (cursor.place < cursor.tokens.length) fail(cursor, `${peek(cursor)!.text} is not expected here`)
    return { ok: true, expression, repaired: read.repaired }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, at: error.at, why: error.message }
    throw error
  }
}
