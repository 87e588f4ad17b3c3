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

const parserOf = (tokens: readonly Token[], end: number) => {
  let [place, depth] = [0, 0]
  const peek = () => tokens[place]
  const is = (...texts: readonly string[]) => {
    const token = peek()
    return token !== undefined && (token.kind === 'sign' || token.kind === 'name') && texts.includes(token.text)
  }
  const fail = (why: string): never => {
    throw new Fault(peek()?.at ?? end, why)
  }
  const expect = (text: string) => {
    if (!is(text)) fail(`${text} is expected`)
    place += 1
  }

  const argumentsOf = (): readonly Expression[] => {
    const args: Expression[] = []
    while (!is(')')) {
      args.push(ternary())
      if (!is(')')) expect(',')
    }
    expect(')')
    return args
  }

  const primary = (): Expression => {
    const token = peek() ?? fail('it ends too early')
    place += 1
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'text') return { kind: 'text', value: token.text.slice(1, -1) }
    if (token.kind === 'variable') return { kind: 'name', name: token.text }
    if (token.text === '{}') return { kind: 'nothing' }
    if (token.text === '(') {
      const inner = ternary()
      expect(')')
      return inner
    }
    if (token.kind !== 'name') {
      place -= 1
      return fail(`${token.text} stands where a number or an item is expected`)
    }
    if (!is('(')) return { kind: 'name', name: token.text }
    place += 1
    return { kind: 'call', on: null, name: token.text, args: argumentsOf() }
  }

  const postfix = (): Expression => {
    let expression = primary()
    while (is('.', '[')) {
      if (is('[')) {
        place += 1
        const index = ternary()
        expect(']')
        expression = { kind: 'call', on: expression, name: 'at', args: [index] }
        continue
      }
      place += 1
      const token = peek()
      if (token?.kind !== 'name') return fail('a name is expected after the dot')
      place += 1
      if (is('(')) {
        place += 1
        expression = { kind: 'call', on: expression, name: token.text, args: argumentsOf() }
      } else expression = { kind: 'member', on: expression, name: token.text }
    }
    return expression
  }

  const unary = (): Expression => {
    if (is('-') || is('+')) {
      const operator = peek()!.text
      place += 1
      return { kind: 'operation', operator, left: { kind: 'number', value: 0 }, right: nested(unary) }
    }
    if (is('!')) {
      place += 1
      return { kind: 'call', on: null, name: 'not', args: [nested(unary)] }
    }
    return postfix()
  }

  const nested = (parse: () => Expression): Expression => {
    depth += 1
    if (depth > deepest) fail(`it is nested deeper than ${deepest}`)
    const expression = parse()
    depth -= 1
    return expression
  }

  const operations = (level: number): Expression => {
    const signs = binding[level]
    if (signs === undefined) return unary()
    let left = operations(level + 1)
    while (is(...signs)) {
      const operator = peek()!.text
      place += 1
      left = { kind: 'operation', operator, left, right: operations(level + 1) }
    }
    return left
  }

  const ternary = (): Expression =>
    nested(() => {
      const condition = operations(0)
      if (!is('?')) return condition
      place += 1
      const yes = ternary()
      expect(':')
      return { kind: 'call', on: null, name: 'iif', args: [condition, yes, ternary()] }
    })

  return (): Expression => {
    const expression = ternary()
    if (place < tokens.length) fail(`${peek()!.text} is not expected here`)
    return expression
  }
}

/** Parses an expression; `names` are the items of the file, so that a name with a hyphen is recognised and reported as repaired. */
export const parseExpression = (text: string, names: ReadonlySet<string> = new Set()): ParsedExpression => {
  if (text.length > longest) return { ok: false, at: 0, why: `is longer than ${longest} characters` }
  const read = tokensOf(text, names)
  if ('why' in read) return { ok: false, ...read }
  try {
    return { ok: true, expression: parserOf(read.tokens, text.length)(), repaired: read.repaired }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, at: error.at, why: error.message }
    throw error
  }
}
