/** The items of a FHIR Questionnaire, group by group: questions, scores with their expressions, variables, stems, and what is neither. */
import { type Answers, answerOf, extensions, translated, valueSets } from './fhir-answers.ts'
import { type Finding, finding } from './finding.ts'
import type { ForeignItem, Words } from './foreign.ts'
import { field, type Json, list, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import type { ScoreText } from './scores.ts'

const deepest = 12

/** `enableWhen` as a range of answers, when any of its conditions is enough and they name whole ranges. */
const askedWhen = (item: Json, items: readonly ForeignItem[]): ForeignItem['asked'] => {
  const conditions = list(item.enableWhen).map(record)
  if (conditions.length === 0 || (conditions.length > 1 && item.enableBehavior !== 'any')) return undefined
  const ranges = new Map<string, number[]>()
  for (const { question, operator, answerCoding, answerInteger } of conditions) {
    const source = items.find(({ name }) => name === question)
    const option = source?.options.find(
      ({ code, value }) => (code !== undefined && code === field(answerCoding, 'code')) || (value !== null && value === answerInteger),
    )
    if (operator !== '=' || !source || option?.value == null) return undefined
    ranges.set(source.name, [...(ranges.get(source.name) ?? []), option.value])
  }
  const spans = [...ranges].map(([name, values]) => {
    const [from, to] = [Math.min(...values), Math.max(...values)]
    const inside = items.find((one) => one.name === name)!.options.filter(({ value }) => value !== null && value >= from && value <= to)
    return inside.length === new Set(values).size ? { from, to } : null
  })
  const [first] = spans
  return first && spans.every((span) => span?.from === first.from && span.to === first.to)
    ? { items: [...ranges.keys()], ...first }
    : undefined
}

type Walk = {
  readonly file: string
  readonly language: string
  readonly answers: Answers
  readonly items: ForeignItem[]
  readonly groups: Map<string, readonly string[]>
  readonly fields: Set<string>
  readonly scores: ScoreText[]
  readonly variables: Map<string, string>
  readonly stems: Words[]
  readonly prose: string[]
  /** Value sets that are not in the files, or not with their answers. */
  readonly missing: Set<string>
  readonly findings: Finding[]
  readonly notCarried: string[]
}

const readVariables = (element: unknown, walk: Walk) => {
  for (const extension of extensions(element, 'variable').slice(0, 500)) {
    const [name, expression] = [textOf(field(extension.valueExpression, 'name')), textOf(field(extension.valueExpression, 'expression'))]
    if (name !== null && expression !== null) walk.variables.set(name, expression)
  }
}

const categoryText = (item: Json) =>
  extensions(item, 'questionnaire-displayCategory').map((extension) => textOf(field(extension.valueCodeableConcept, 'text')) ?? '')

/** A list of answers is named by the end of its code system, unless that is a vocabulary of the world. */
const systemName = (item: Json): string | undefined =>
  /^urn:.*:([a-z][a-z0-9-]*)$/.exec(String(field(field(list(item.answerOption)[0], 'valueCoding'), 'system')))?.[1]

const readChoice = (item: Json, name: string, place: string, walk: Walk) => {
  const { file, language, answers, findings } = walk
  const where = { file, place }
  const reference = textOf(item.answerValueSet)
  const set = reference === null ? null : answers(reference)
  const options = list(item.answerOption)
    .slice(0, limits.answers + 1)
    .map((entry) => answerOf(entry, language))
  const isNew = reference !== null && !walk.missing.has(reference)
  if (isNew && !set)
    findings.push(
      finding(
        'missing-file',
        'error',
        where,
        `${name}: the value set ${reference} is not in the files`,
        'the ValueSet contained, or in a file beside it',
      ),
    )
  else if (isNew && set?.options.length === 0)
    findings.push(
      finding(
        'missing-file',
        'error',
        where,
        `${name}: the value set ${reference} lists no answers, and its code system is not in the files`,
        'a ValueSet with its concepts',
      ),
    )
  if (reference !== null && (set?.options.length ?? 0) === 0) walk.missing.add(reference)
  const loinc = list(item.code)
    .map(record)
    .find(({ system }) => system === 'http://loinc.org')
  const shown = list(item.enableWhen).length > 0 ? JSON.stringify(item.enableWhen).slice(0, 200) : undefined
  walk.items.push({
    name,
    words: translated(item, 'text', language),
    options: options.length > 0 ? options : (set?.options ?? []),
    optionSet: reference?.split(/[/#]/).at(-1)?.split('|')[0] ?? systemName(item),
    loinc: textOf(loinc?.code) ?? undefined,
    shownIf: shown,
    asked: askedWhen(item, walk.items),
    where,
  })
}

const readScore = (item: Json, name: string, place: string, walk: Walk): boolean => {
  const [extension] = [...extensions(item, 'calculatedExpression'), ...extensions(item, 'cqf-calculatedValue')]
  const expression = record(extension?.valueExpression)
  const text = textOf(expression.expression)
  if (text === null) return false
  const where = { file: walk.file, place }
  const language = textOf(expression.language) ?? 'text/fhirpath'
  if (language !== 'text/fhirpath')
    walk.findings.push(finding('score-not-understood', 'error', where, `${name}: is written in ${language.slice(0, 40)}`, 'text/fhirpath'))
  else {
    const words = translated(item, 'text', walk.language)
    walk.scores.push({ name, expression: text, words, description: [...categoryText(item), ...Object.values(words)].join(' '), where })
  }
  return true
}

const readItems = (entries: unknown, chain: readonly string[], place: string, walk: Walk) => {
  if (chain.length > deepest) {
    walk.findings.push(finding('unreadable', 'error', { file: walk.file, place }, `groups are nested deeper than ${deepest}`))
    return
  }
  for (const [position, entry] of list(entries).entries()) {
    if (walk.items.length + walk.fields.size + walk.scores.length > 2 * limits.items) {
      walk.findings.push(
        finding(
          'too-large',
          'error',
          { file: walk.file, place: `${place}[${position}]` },
          `has more than ${2 * limits.items} fields; the rest is not read`,
        ),
      )
      return
    }
    const item = record(entry)
    const here = `${place}[${position}]`
    const name = textOf(item.linkId) ?? here
    readVariables(item, walk)
    const words = translated(item, 'text', walk.language)
    walk.groups.set(name, chain)
    const isHidden = extensions(item, 'questionnaire-hidden').some((extension) => extension.valueBoolean === true)
    if (item.type === 'choice' || item.type === 'coding') readChoice(item, name, here, walk)
    else if (item.type === 'group' || item.type === 'display') {
      if (isHidden) walk.prose.push(...Object.values(words))
      else if (walk.items.length === 0) walk.stems.push(words)
    } else if (!readScore(item, name, here, walk)) {
      walk.fields.add(name)
      walk.notCarried.push(`${name}: a field of type ${String(item.type).slice(0, 20)}`)
    }
    readItems(item.item, [...chain, name], `${here}.item`, walk)
  }
}

/** Everything that the items of a Questionnaire hold, in their order. */
export const walkThrough = (questionnaire: Json, file: string, language: string, resources: readonly Json[]): Walk => {
  const walk: Walk = {
    file,
    language,
    answers: valueSets(resources, language),
    items: [],
    groups: new Map(),
    fields: new Set(),
    scores: [],
    variables: new Map(),
    stems: [],
    prose: [],
    missing: new Set(),
    findings: [],
    notCarried: [],
  }
  readVariables(questionnaire, walk)
  readItems(questionnaire.item, [], 'item', walk)
  return walk
}
