/** Wilkinson formulas, read by a small parser of their own: nothing in them is ever run. */

/** A column of the data as a formula names it: factor(x) makes groups of a column of numbers. */
export type Variable = { readonly label: string; readonly column: string; readonly asFactor: boolean }
/** The variables multiplied in a term, in the order of the formula. */
export type Term = readonly Variable[]
export type Formula = { readonly outcome: string; readonly terms: readonly Term[]; readonly group: string | null }

const token = /\s*(?:`([^`]+)`|([\p{L}.][\p{L}\p{N}._]*)|(\d+(?:\.\d+)?)|([~+*:()|/^-]))/uy
const mostCharacters = 1000
const mostTerms = 100

type Token = { readonly kind: 'name' | 'number' | 'sign'; readonly text: string; readonly quoted: boolean }

const tokens = (text: string): readonly Token[] => {
  const found: Token[] = []
  token.lastIndex = 0
  const end = text.trimEnd().length
  while (token.lastIndex < end) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match)
      throw new Error(`formula: ${text.slice(at).trim()[0]} cannot be read; a name with such a character stands between backquotes`)
    const [, quoted, name, number, sign] = match
    if (number !== undefined) found.push({ kind: 'number', text: number, quoted: false })
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign, quoted: false })
    else found.push({ kind: 'name', text: quoted ?? name!, quoted: quoted !== undefined })
  }
  return found
}

export const termName = (term: Term): string => term.map(({ label }) => label).join(':')

const union = (a: Term, b: Term): Term => [...a, ...b.filter(({ label }) => !a.some((variable) => variable.label === label))]

/** a*b is a + b + a:b */
const crossed = (factors: readonly Term[]): readonly Term[] =>
  factors.reduce<readonly Term[]>(
    (terms, factor) =>
      terms.concat(
        [factor],
        terms.map((term) => union(term, factor)),
      ),
    [],
  )

const reader = (all: readonly Token[]) => {
  let place = 0
  const is = (sign: string) => all[place]?.kind === 'sign' && all[place]?.text === sign
  const take = (sign: string): boolean => {
    if (!is(sign)) return false
    place += 1
    return true
  }
  const expectSign = (sign: string, where: string) => {
    if (!take(sign)) throw new Error(`formula: ${sign} is expected ${where}, found ${all[place]?.text ?? 'the end'}`)
  }
  const name = (where: string): Token => {
    const next = all[place]
    if (next?.kind !== 'name') throw new Error(`formula: the name of a column is expected ${where}, found ${next?.text ?? 'the end'}`)
    place += 1
    return next
  }
  const number = (text: string): boolean => {
    if (all[place]?.kind !== 'number' || all[place]?.text !== text) return false
    place += 1
    return true
  }
  return { take, expectSign, name, number, next: () => all[place]?.text ?? null }
}
type Reader = ReturnType<typeof reader>

const variable = (read: Reader): Term => {
  const { text, quoted } = read.name('in a term')
  if (quoted || !read.take('(')) return [{ label: text, column: text, asFactor: false }]
  if (text !== 'factor') throw new Error(`formula: ${text}(…) is no function here, only factor(…) is: compute the column beforehand`)
  const column = read.name('inside factor(…)').text
  read.expectSign(')', 'after factor(')
  return [{ label: `factor(${column})`, column, asFactor: true }]
}

const interaction = (read: Reader): Term => {
  let term = variable(read)
  while (read.take(':')) term = union(term, variable(read))
  return term
}

const product = (read: Reader): readonly Term[] => {
  const factors = [interaction(read)]
  while (read.take('*')) factors.push(interaction(read))
  if (2 ** factors.length > mostTerms + 1) throw new Error(`formula: more than ${mostTerms} terms`)
  return crossed(factors)
}

/** (1 | school), after its opening parenthesis */
const randomIntercept = (read: Reader): string => {
  if (!read.number('1'))
    throw new Error(`formula: only a random intercept (1 | school) stands in parentheses, found ${read.next() ?? 'the end'}`)
  read.expectSign('|', 'after (1')
  const group = read.name('after (1 |').text
  if (read.next() === '/' || read.next() === ':') throw new Error('formula: one level of groups is fitted, as in (1 | school)')
  read.expectSign(')', `after (1 | ${group}`)
  return group
}

/** Terms once each, main effects before interactions, the variables of each in the order in which the formula names them first. */
const ordered = (terms: readonly Term[]): readonly Term[] => {
  const order = [...new Set(terms.flat().map(({ label }) => label))]
  const sorted = terms.map((term) => term.toSorted((a, b) => order.indexOf(a.label) - order.indexOf(b.label)))
  return [...new Map(sorted.map((term) => [termName(term), term])).values()].toSorted((a, b) => a.length - b.length)
}

/**
 * Reads `outcome ~ a + b:c + d*e + factor(f) + (1 | school)`. The intercept is always there; a name with odd characters stands between backquotes.
 * Not for nested groups, random slopes or functions. Throws an Error that says what was expected.
 * Source: Wilkinson & Rogers 1973, doi:10.2307/2346786. Example: parseFormula('post ~ pre + arm + (1 | school)').group is 'school'.
 */
export const parseFormula = (text: string): Formula => {
  if (text.length > mostCharacters) throw new Error(`formula: has ${text.length} characters, at most ${mostCharacters} are read`)
  const read = reader(tokens(text))
  const outcome = read.name('first').text
  read.expectSign('~', `after ${outcome}`)
  const terms: Term[] = []
  let group: string | null = null
  do {
    if (read.number('1')) continue
    if (read.take('(')) {
      if (group !== null) throw new Error('formula: one random intercept is fitted, as in (1 | school)')
      group = randomIntercept(read)
    } else if (read.next() === '0') throw new Error('formula: the intercept is always there, 0 cannot take it away')
    else terms.push(...product(read))
    if (terms.length > mostTerms) throw new Error(`formula: more than ${mostTerms} terms`)
  } while (read.take('+'))
  if (read.next() !== null) throw new Error(`formula: + is expected between terms, found ${read.next()}`)
  if (terms.flat().some(({ column }) => column === outcome)) throw new Error(`formula: the outcome ${outcome} stands on both sides of ~`)
  return { outcome, terms: ordered(terms), group }
}
