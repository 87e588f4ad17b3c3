/**
 * FHIR R4 Questionnaire, with SDC: coded answers in answerOption or in value sets (contained, or in files beside it), their values in
 * ordinalValue or itemWeight, scores in calculatedExpression.
 */

import { resourcesOf, translated, valueSets } from './fhir-answers.ts'
import { readItems, readVariables, type Walk } from './fhir-items.ts'
import { finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import { type Importer, type ImportFile, refused } from './imported.ts'
import { field, type Json, list, parseJson, textOf } from './json.ts'
import { scalesOf } from './scores.ts'
import { languageTag, plainText, stemAndInstructions } from './words.ts'

const read = (files: readonly ImportFile[]) => {
  const parsed = files.map((file) => ({ file, parsed: parseJson(file) }))
  const broken = parsed.find((one) => !one.parsed.ok)
  const resources = parsed.flatMap(({ file, parsed: one }) =>
    one.ok ? resourcesOf(one.value).map((resource) => ({ file: file.name, resource })) : [],
  )
  return { resources, broken: broken && !broken.parsed.ok ? { file: broken.file.name, why: broken.parsed.why } : null }
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
  return /\b[A-Z][A-Z0-9]*-?\d+[A-Z]?\b/.exec(title.slice(0, 200))?.[0] ?? textOf(questionnaire.id) ?? (title || file)
}

/** Imports one Questionnaire; its value sets may be contained or stand in files beside it. */
export const importFhir: Importer = (files, options = {}) => {
  const { resources, broken } = read(files)
  const main = resources.find(({ resource }) => resource.resourceType === 'Questionnaire')
  const first = files[0]?.name ?? ''
  if (!main && broken) return refused('unreadable', broken.file, broken.why)
  if (!main) return refused('no-definition', first, whyNone(resources.map(({ resource }) => resource)), 'a FHIR R4 Questionnaire')
  const second = resources.filter(({ resource }) => resource.resourceType === 'Questionnaire')[1]
  if (second)
    return refused('several-definitions', second.file, 'more than one Questionnaire was given', 'one Questionnaire with its value sets')
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
