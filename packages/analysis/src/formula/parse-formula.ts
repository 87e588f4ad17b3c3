/** Wilkinson formulas, read by a small parser of their own: nothing in them is ever run. */
import { namedTransform, signedTransform, type Transform, transformNames } from './transform.ts'

/** A column of the data as a formula names it: factor(x) makes groups of a column of numbers, log(x) and I(x^2) other numbers. */
export type Variable = { readonly label: string; readonly column: string; readonly asFactor: boolean; readonly transform?: Transform }
/** The variables multiplied in a term, in the order of the formula. */
export type Term = readonly Variable[]
export type Formula = { readonly outcome: string; readonly terms: readonly Term[]; readonly group: string | null }
/** What varies between the groups that these columns name together: the intercept, and the slopes of these terms. The name is R's: class:school. */
type RandomLevel = { readonly name: string; readonly columns: readonly string[]; readonly slopes: readonly Term[] }
export type MixedFormula = Omit<Formula, 'group'> & { readonly levels: readonly RandomLevel[] }

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
  const anyNumber = (): string | null => {
    if (all[place]?.kind !== 'number') return null
    place += 1
    return all[place - 1]!.text
  }
  return { take, expectSign, name, number, anyNumber, next: () => all[place]?.text ?? null }
}
type Reader = ReturnType<typeof reader>

const variable = (read: Reader): Term => {
  const { text, quoted } = read.name('in a term')
  if (quoted || !read.take('(')) return [{ label: text, column: text, asFactor: false }]
  if (text === 'I') return [arithmetic(read)]
  const asFactor = text === 'factor' || text === 'as.factor'
  const transform = namedTransform(text)
  if (!asFactor && !transform)
    throw new Error(
      `formula: ${text}(…) is no function here, only factor(…), I(x^2) and ${transformNames.join(', ')} are: compute the column beforehand`,
    )
  const column = read.name(`inside ${text}(…)`).text
  read.expectSign(')', `after ${text}(${column}`)
  return [{ label: `${text}(${column})`, column, asFactor, ...(transform ? { transform } : {}) }]
}

/** x^2 and the like, after I( */
const arithmetic = (read: Reader): Variable => {
  const column = read.name('inside I(…)').text
  const sign = ['^', '*', '/', '+', '-'].find((candidate) => read.take(candidate))
  const number = sign === undefined ? null : read.anyNumber()
  const transform = sign === undefined || number === null ? null : signedTransform(sign, Number(number))
  if (!transform) throw new Error(`formula: I(…) takes a column, a sign and a number, as in I(${column}^2)`)
  read.expectSign(')', `after I(${column}${sign}${number}`)
  const shown = sign === '^' || sign === '/' ? sign : ` ${sign} ` // as R writes it
  return { label: `I(${column}${shown}${number})`, column, asFactor: false, transform }
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

/** `1 + time` before the bar: the terms whose slopes vary beside the intercept */
const slopesIn = (read: Reader): readonly Term[] => {
  const terms: Term[] = []
  do {
    if (read.number('1')) continue
    if (read.next() === '0')
      throw new Error(
        'formula: the intercept varies with the slopes, 0 cannot take it away: write (1 + time | pupil) instead of (0 + time | pupil)',
      )
    terms.push(variable(read))
  } while (read.take('+'))
  return ordered(terms)
}

/** `school`, `school:class`, or `school/class`, which is school and school:class; after the bar */
const groupsIn = (read: Reader, where: string): readonly Omit<RandomLevel, 'slopes'>[] => {
  const columns = [read.name(where).text]
  const sign = ['/', ':'].find((candidate) => read.next() === candidate)
  while (sign !== undefined && read.take(sign)) columns.push(read.name(`after ${columns.join(sign)}${sign}`).text)
  if (read.next() === '/' || read.next() === ':') throw new Error('formula: groups are joined by / or by :, not by both')
  const twice = columns.find((name, place) => columns.indexOf(name) !== place)
  if (twice) throw new Error(`formula: ${twice} stands twice among the groups of one parenthesis`)
  if (sign !== '/') return [{ name: columns.join(':'), columns }]
  return columns.map((_, place) => {
    const own = columns.slice(0, place + 1)
    return { name: own.toReversed().join(':'), columns: own }
  })
}

/** (1 + time | school/pupil), after its opening parenthesis */
const randomLevels = (read: Reader): readonly RandomLevel[] => {
  const slopes = slopesIn(read)
  const shown = [...(slopes.length ? [] : ['1']), ...slopes.map(termName)].join(' + ')
  read.expectSign('|', `after (${shown}`)
  if (read.take('|')) throw new Error('formula: || is not fitted here: (1 + time | pupil) lets intercept and slope go together')
  const groups = groupsIn(read, `after (${shown} |`)
  read.expectSign(')', `after (${shown} | ${groups.at(-1)!.columns.join('/')}`)
  return groups.map((group) => ({ ...group, slopes }))
}

/** Terms once each, main effects before interactions, the variables of each in the order in which the formula names them first. */
const ordered = (terms: readonly Term[]): readonly Term[] => {
  const order = [...new Set(terms.flat().map(({ label }) => label))]
  const sorted = terms.map((term) => term.toSorted((a, b) => order.indexOf(a.label) - order.indexOf(b.label)))
  return [...new Map(sorted.map((term) => [termName(term), term])).values()].toSorted((a, b) => a.length - b.length)
}

const sameColumns = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.includes(name))

/**
 * Reads `outcome ~ a + b:c + d*e + factor(f) + I(g^2) + (1 + time | school/pupil)`, with any number of levels of groups. The intercept is always there;
 * a name with odd characters stands between backquotes. Not for groups without an intercept. Throws an Error that says what was expected.
 * Source: Wilkinson & Rogers 1973, doi:10.2307/2346786; Bates et al. 2015, doi:10.18637/jss.v067.i01.
 * Example: parseMixedFormula('post ~ arm + (1 | school/class)').levels[1].columns is ['school', 'class'].
 */
export const parseMixedFormula = (text: string): MixedFormula => {
  if (text.length > mostCharacters) throw new Error(`formula: has ${text.length} characters, at most ${mostCharacters} are read`)
  const read = reader(tokens(text))
  const outcome = read.name('first').text
  read.expectSign('~', `after ${outcome}`)
  const terms: Term[] = []
  const levels: RandomLevel[] = []
  do {
    if (read.number('1')) continue
    if (read.take('(')) levels.push(...randomLevels(read))
    else if (read.next() === '0') throw new Error('formula: the intercept is always there, 0 cannot take it away')
    else terms.push(...product(read))
    if (terms.length > mostTerms) throw new Error(`formula: more than ${mostTerms} terms`)
  } while (read.take('+'))
  if (read.next() !== null) throw new Error(`formula: + is expected between terms, found ${read.next()}`)
  const used = [...terms, ...levels.flatMap(({ slopes }) => slopes)].flat().map(({ column }) => column)
  if (used.includes(outcome)) throw new Error(`formula: the outcome ${outcome} stands on both sides of ~`)
  const twice = levels.find(({ columns }, place) => levels.slice(0, place).some((other) => sameColumns(columns, other.columns)))
  if (twice) throw new Error(`formula: the groups ${twice.name} stand in two parentheses`)
  return { outcome, terms: ordered(terms), levels }
}

/**
 * Reads `outcome ~ a + b:c + d*e + factor(f) + (1 | school)`, with at most one level of groups and no slopes of theirs, as parseMixedFormula does.
 * Example: parseFormula('post ~ pre + arm + (1 | school)').group is 'school'.
 */
export const parseFormula = (text: string): Formula => {
  const { outcome, terms, levels } = parseMixedFormula(text)
  if (levels.some(({ slopes }) => slopes.length > 0))
    throw new Error('formula: only a random intercept (1 | school) is fitted here, no slopes')
  if (levels.some(({ columns }) => columns.length > 1)) throw new Error('formula: one level of groups is fitted here, as in (1 | school)')
  if (levels.length > 1) throw new Error('formula: one random intercept is fitted here, as in (1 | school)')
  return { outcome, terms, group: levels[0]?.columns[0] ?? null }
}
