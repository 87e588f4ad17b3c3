/**
 * FHIR R4 Questionnaire, with SDC: coded answers in answerOption or in value sets (contained, or in files beside it), their values in
 * ordinalValue or itemWeight, scores in calculatedExpression.
 */
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import { type Importer, type ImportFile, refused } from './imported.ts'
import { field, isRecord, type Json, list, numberOf, parseJson, record, textOf } from './json.ts'
import { type ScoreText, scalesOf } from './scores.ts'
import { languageTag, plainText, stemAndInstructions, wordsOf } from './words.ts'

const mostItems = 1000
const deepest = 12

const extensions = (element: unknown, name: string): readonly Json[] =>
  list(field(element, 'extension'))
    .map(record)
    .filter(({ url }) => typeof url === 'string' && (url.endsWith(`/${name}`) || url.endsWith(`-${name}`)))

const translated = (element: Json, name: string, language: string): Words => {
  const others = extensions(element[`_${name}`], 'translation').flatMap((extension) => {
    const part = (url: string) => record(list(extension.extension).find((entry) => field(entry, 'url') === url))
    const [lang, content] = [part('lang'), part('content')]
    const tag = languageTag(textOf(lang.valueCode) ?? '')
    const text = plainText(content.valueString ?? content.valueMarkdown)
    return tag === null || text === null ? [] : [[tag, text] as const]
  })
  return { ...wordsOf(element[name], language), ...Object.fromEntries(others) }
}

/** The ordinal value of an answer, wherever its publisher put it. */
const ordinal = (...elements: readonly unknown[]): number | null => {
  for (const element of elements)
    for (const extension of [...extensions(element, 'ordinalValue'), ...extensions(element, 'itemWeight')]) {
      const value = numberOf(extension.valueDecimal ?? extension.valueInteger)
      if (value !== null) return value
    }
  return null
}

const coded = (coding: Json, language: string, ...around: readonly unknown[]): ForeignOption => ({
  value: ordinal(coding, ...around),
  words: translated(coding, 'display', language),
  code: textOf(coding.code) ?? undefined,
})

const resourcesOf = (value: unknown): readonly Json[] => {
  if (Array.isArray(value)) return value.slice(0, 500).flatMap(resourcesOf)
  const resource = record(value)
  const inside = [...list(resource.contained), ...list(resource.entry).map((entry) => field(entry, 'resource'))]
  return [resource, ...inside.slice(0, 500).map(record)]
}

type Answers = (reference: string) => { readonly options: readonly ForeignOption[] } | null

const conceptsOf = (concepts: unknown, language: string): readonly ForeignOption[] =>
  list(concepts)
    .slice(0, 200)
    .map((entry) => {
      const weight = list(field(entry, 'property')).find((property) => /itemWeight|ordinal/i.test(String(field(property, 'code'))))
      const option = coded(record(entry), language)
      return { ...option, value: option.value ?? numberOf(field(weight, 'valueDecimal') ?? field(weight, 'valueInteger')) }
    })

/** Value sets by reference: its url, its url with a version, or #id when it is contained. */
const valueSets = (resources: readonly Json[], language: string): Answers => {
  const named = (type: string, reference: string) =>
    resources.find(
      ({ resourceType, url, id }) =>
        resourceType === type &&
        (url === reference.split('|')[0] || `#${String(id)}` === reference || String(url).endsWith(`/${reference}`)),
    )
  return (reference) => {
    const set = named('ValueSet', reference)
    if (!set) return null
    const expanded = conceptsOf(field(set.expansion, 'contains'), language)
    if (expanded.length > 0) return { options: expanded }
    const included = list(field(set.compose, 'include')).flatMap((include) => {
      const concepts = conceptsOf(field(include, 'concept'), language)
      const system = textOf(field(include, 'system'))
      return concepts.length > 0 || system === null ? concepts : conceptsOf(field(named('CodeSystem', system), 'concept'), language)
    })
    return { options: included }
  }
}

const answerOf = (entry: unknown, language: string): ForeignOption => {
  const option = record(entry)
  if (isRecord(option.valueCoding)) return coded(option.valueCoding, language, option)
  const value = numberOf(option.valueInteger)
  return { value: ordinal(option) ?? value, words: wordsOf(option.valueString ?? (value === null ? null : String(value)), language) }
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
    .slice(0, 200)
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
    if (walk.items.length + walk.fields.size > mostItems) return
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

const read = (files: readonly ImportFile[]) => {
  const parsed = files.map((file) => ({ file, parsed: parseJson(file) }))
  const broken = parsed.find((one) => !one.parsed.ok)
  const resources = parsed.flatMap(({ file, parsed: one }) =>
    one.ok ? resourcesOf(one.value).map((resource) => ({ file: file.name, resource })) : [],
  )
  return { resources, broken: broken && !broken.parsed.ok ? { file: broken.file.name, why: broken.parsed.why } : null }
}

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

const whyNone = (resources: readonly Json[]): string => {
  if (
    resources.some(
      (resource) => resource.lformsVersion !== undefined || list(resource.items).some((item) => field(item, 'questionCode') !== undefined),
    )
  )
    return 'is in the old LForms format, which is no FHIR: LForms itself converts it to a FHIR R4 Questionnaire'
  const types = [...new Set(resources.flatMap(({ resourceType }) => (typeof resourceType === 'string' ? [resourceType] : [])))]
  return types.length > 0 ? `holds ${types.slice(0, 5).join(', ')} and no Questionnaire` : 'holds no FHIR resource'
}

/** An acronym with a number, from a title such as "Patient Health Questionnaire (PHQ-9)". */
const nameOf = (questionnaire: Json, file: string) => {
  const title = textOf(questionnaire.title) ?? textOf(questionnaire.name) ?? ''
  return /\b[A-Z][A-Z0-9]*-?\d+[A-Z]?\b/.exec(title)?.[0] ?? textOf(questionnaire.id) ?? (title || file)
}

/** Imports one Questionnaire; its value sets may be contained or stand in files beside it. */
export const importFhir: Importer = (files, options = {}) => {
  const { resources, broken } = read(files)
  const main = resources.find(({ resource }) => resource.resourceType === 'Questionnaire')
  const first = files[0]?.name ?? ''
  if (!main && broken) return refused('unreadable', broken.file, broken.why)
  if (!main) return refused('no-definition', first, whyNone(resources.map(({ resource }) => resource)), 'a FHIR R4 Questionnaire')
  const { file, resource: questionnaire } = main
  const language = languageTag(textOf(questionnaire.language) ?? '') ?? 'en'
  const walk: Walk = {
    file,
    language,
    answers: valueSets(
      resources.map(({ resource }) => resource),
      language,
    ),
    items: [],
    groups: new Map(),
    fields: new Set(),
    scores: [],
    variables: new Map(),
    stems: [],
    prose: [],
    missing: new Set(),
    findings: broken ? [finding('unreadable', 'error', { file: broken.file }, broken.why)] : [],
    notCarried: [],
  }
  readVariables(questionnaire, walk)
  readItems(questionnaire.item, [], 'item', walk)
  const items = withoutTwins(walk.items, ({ name, where }) =>
    walk.findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)),
  )
  const scales = scalesOf(walk.scores, { items, fields: walk.fields, groups: walk.groups, variables: walk.variables }, walk.findings)
  const copyright = plainText(questionnaire.copyright)
  return finish(
    {
      format: 'FHIR R4 Questionnaire',
      file,
      name: nameOf(questionnaire, file),
      titles: translated(questionnaire, 'title', language),
      ...stemAndInstructions(walk.stems),
      version: textOf(questionnaire.version),
      description: [plainText(questionnaire.description) ?? '', ...walk.prose].join(' ').trim(),
      citation: null,
      licence: { label: copyright?.slice(0, 200) ?? null, evidence: copyright, encoding: [] },
      attribution: textOf(questionnaire.publisher),
      items,
      scales,
      findings: walk.findings,
      notCarried: walk.notCarried,
    },
    options,
  )
}
