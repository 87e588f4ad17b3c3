/**
 * FHIR R4 Questionnaire, with SDC: coded answers in answerOption or in value sets (contained, or in files beside it), their values in
 * ordinalValue or itemWeight, scores in calculatedExpression.
 */

import { resourcesOf, translated } from './fhir-answers.ts'
import { walkThrough } from './fhir-items.ts'
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

/** The one Questionnaire among the resources, or why there is none. */
const questionnaireOf = (files: readonly ImportFile[], { resources, broken }: ReturnType<typeof read>) => {
  const [main, second] = resources.filter(({ resource }) => resource.resourceType === 'Questionnaire')
  if (second)
    return refused('several-definitions', second.file, 'more than one Questionnaire was given', 'one Questionnaire with its value sets')
  if (main) return main
  if (broken) return refused('unreadable', broken.file, broken.why)
  const why = whyNone(resources.map(({ resource }) => resource))
  return refused('no-definition', files[0]?.name ?? '', why, 'a FHIR R4 Questionnaire')
}

/** Imports one Questionnaire; its value sets may be contained or stand in files beside it. */
export const importFhir: Importer = (files, options = {}) => {
  const found = read(files)
  const main = questionnaireOf(files, found)
  if ('definition' in main) return main
  const { file, resource: questionnaire } = main
  const resources = found.resources.map(({ resource }) => resource)
  const walk = walkThrough(questionnaire, file, languageTag(textOf(questionnaire.language) ?? '') ?? 'en', resources)
  const { groups, fields, variables, findings, notCarried } = walk
  if (found.broken) findings.push(finding('unreadable', 'error', { file: found.broken.file }, found.broken.why))
  const items = withoutTwins(walk.items, ({ name, where }) =>
    findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)),
  )
  const copyright = plainText(questionnaire.copyright)
  return finish(
    {
      format: 'FHIR R4 Questionnaire',
      file,
      name: nameOf(questionnaire, file),
      titles: translated(questionnaire, 'title', walk.language),
      ...stemAndInstructions(walk.stems),
      version: textOf(questionnaire.version),
      description: [plainText(questionnaire.description) ?? '', ...walk.prose].join(' ').trim(),
      citation: null,
      licence: { label: copyright?.slice(0, 200) ?? null, evidence: copyright, encoding: [] },
      attribution: textOf(questionnaire.publisher),
      items,
      scales: scalesOf(walk.scores, { items, fields, groups, variables }, findings),
      findings,
      notCarried,
    },
    options,
  )
}
