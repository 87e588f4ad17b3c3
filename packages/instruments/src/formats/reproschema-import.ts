/** ReproSchema: a folder of JSON-LD files, one an item, one for the shared answers, and the activity that orders them. */
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import { type Importer, type ImportFile, refused } from './imported.ts'
import { field, isRecord, type Json, list, numberOf, parseJson, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import { type ScoreText, scalesOf } from './scores.ts'
import { anyWords, wordsOf } from './words.ts'

type Folder = ReadonlyMap<string, Json>

/** A path beside a file: with ../valueConstraints, PHQ-9/items/phq9_1 leads to PHQ-9/valueConstraints. */
const beside = (file: string, path: string): string => {
  const steps = [...file.split('/').slice(0, -1)]
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

/** What a file calls something, for a sentence; anything can stand there. */
const wordOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 20) : typeof value)

const isActivity = (value: Json) => {
  const kind = [value.category ?? value['@type']].flat().find((one) => typeof one === 'string') ?? ''
  return /(?:^|:)Activity$/.test(kind) || (value.ui !== undefined && list(field(value.ui, 'order')).length > 0)
}

const optionsOf = (constraints: Json): readonly ForeignOption[] =>
  list(constraints.choices)
    .slice(0, limits.answers + 1)
    .map((choice) => ({ value: numberOf(field(choice, 'value')), words: wordsOf(field(choice, 'name') ?? field(choice, 'schema:name')) }))

type Reading = { readonly folder: Folder; readonly activityFile: string; readonly findings: Finding[]; readonly notCarried: string[] }

const constraintsOf = (item: Json, file: string, { folder, findings }: Reading): Json | null => {
  const constraints = item.responseOptions
  if (isRecord(constraints)) return constraints
  if (typeof constraints !== 'string') return null
  const path = beside(file, constraints)
  const found = folder.get(path) ?? folder.get(`${path}.jsonld`) ?? folder.get(`${path}.json`)
  if (!found) findings.push(finding('missing-file', 'error', { file }, `its answers ${constraints} are not in the folder`, path))
  return found ?? null
}

type Part = { readonly name: string; readonly file: string; readonly value: Json; readonly shownIf: string | undefined }

const partsOf = (activity: Json, reading: Reading): readonly Part[] => {
  const { folder, activityFile, findings } = reading
  const properties = list(field(activity.ui, 'addProperties')).map(record)
  const order = list(field(activity.ui, 'order')).filter((path) => typeof path === 'string')
  return order.slice(0, limits.items + 1).flatMap((path): readonly Part[] => {
    const property = properties.find(({ isAbout }) => isAbout === path)
    const full = beside(activityFile, path)
    const file = [full, `${full}.jsonld`, `${full}.json`].find((name) => folder.has(name))
    if (file === undefined) {
      findings.push(finding('missing-file', 'error', { file: activityFile, place: 'ui.order' }, `${path} is not in the folder`, full))
      return []
    }
    const visible = property?.isVis
    return [
      {
        name: textOf(property?.variableName) ?? path.split('/').at(-1)!,
        file,
        value: folder.get(file)!,
        shownIf: typeof visible === 'string' ? visible.slice(0, 2000) : undefined,
      },
    ]
  })
}

const itemOf = ({ name, file, value, shownIf }: Part, reading: Reading): ForeignItem | null => {
  const constraints = constraintsOf(value, file, reading)
  const options = constraints ? optionsOf(constraints) : []
  const isChoice = options.length > 0 && constraints?.multipleChoice !== true
  if (isChoice || (constraints === null && value.responseOptions !== undefined))
    return { name, words: wordsOf(value.question), options, shownIf, where: { file } }
  reading.notCarried.push(`${name}: a field of input type ${wordOf(field(value.ui, 'inputType'))}`)
  return null
}

const scoresOf = (activity: Json, { folder, activityFile, findings }: Reading): readonly ScoreText[] =>
  [...list(activity.compute), ...list(activity.scoringLogic)]
    .slice(0, limits.scores + 1)
    .flatMap((entry, position): readonly ScoreText[] => {
      const [name, expression] = [textOf(field(entry, 'variableName')), textOf(field(entry, 'jsExpression'))]
      if (name === null || expression === null) return []
      const property = list(field(activity.ui, 'addProperties')).find((one) => field(one, 'variableName') === name)
      const path = beside(activityFile, textOf(field(property, 'isAbout')) ?? name)
      const file = folder.get(path) ?? [...folder].find(([other]) => other.split('/').at(-1) === name)?.[1]
      const where = { file: activityFile, place: `compute[${position}]` }
      if (!folder.has(path))
        findings.push(
          finding('missing-file', 'warning', where, `the score ${name} is described in ${path}, which is not in the folder`, path),
        )
      const limits = record(file?.responseOptions)
      const [from, to] = [numberOf(limits.minValue), numberOf(limits.maxValue)]
      const words = wordsOf(file?.prefLabel ?? name)
      const statedRange = from === null || to === null ? undefined : { from, to }
      return [{ name, expression, words, description: Object.values(wordsOf(file?.description)).join(' '), statedRange, where }]
    })

const read = (files: readonly ImportFile[]): { readonly folder: Folder; readonly broken: readonly Finding[] } => {
  const broken: Finding[] = []
  const folder = new Map<string, Json>()
  for (const file of files.slice(0, 2000)) {
    if (/licen[cs]e|readme|\.md$/i.test(file.name)) continue
    const parsed = parseJson(file)
    if (parsed.ok && isRecord(parsed.value)) folder.set(file.name.replace(/^\.\//, ''), parsed.value)
    else broken.push(finding('unreadable', 'error', { file: file.name }, parsed.ok ? 'holds no JSON object' : parsed.why))
  }
  return { folder, broken }
}

const citationOf = (activity: Json) => anyWords(wordsOf(activity.citation))

/** Imports the folder of one activity: each file with its path inside the folder. */
export const importReproschema: Importer = (files, options = {}) => {
  const { folder, broken } = read(files)
  const [main, second] = [...folder].filter(([, value]) => isActivity(value))
  const first = files[0]?.name ?? ''
  if (!main && broken[0]) return refused('unreadable', broken[0].file, broken[0].what)
  if (!main)
    return refused(
      'no-definition',
      first,
      'holds no activity: an item or a list of answers alone is no instrument',
      'the activity with its items/ folder',
    )
  if (second)
    return refused('several-definitions', second[0], `holds two activities, ${main[0]} and ${second[0]}`, 'the folder of one activity')
  const [activityFile, activity] = main
  const reading: Reading = { folder, activityFile, findings: [...broken], notCarried: [] }
  const parts = partsOf(activity, reading)
  const found = parts.flatMap((part) => itemOf(part, reading) ?? [])
  const items = withoutTwins(found, ({ name, where }) =>
    reading.findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)),
  )
  const scores = scoresOf(activity, reading)
  const fields = new Set(parts.map(({ name }) => name).filter((name) => !items.some((item) => item.name === name)))
  const used = new Set([activityFile, ...parts.map(({ file }) => file)])
  for (const [file, value] of folder)
    if (!used.has(file) && field(value.ui, 'readonlyValue') === true && !scores.some(({ name }) => file.endsWith(name)))
      reading.notCarried.push(`${file}: a computed field that the activity does not compute`)
  const titles: Words = wordsOf(activity.prefLabel)
  const licence = files.find(({ name }) => /licen[cs]e/i.test(name))?.text.slice(0, 2000)
  const name = (anyWords(titles) ?? textOf(activity.id) ?? activityFile).replace(/\s*(?:assessment|schema)\s*/gi, ' ').trim()
  return finish(
    {
      format: 'ReproSchema',
      file: activityFile,
      name: name || activityFile,
      titles,
      stems: wordsOf(activity.preamble),
      description: anyWords(wordsOf(activity.description)) ?? '',
      citation: citationOf(activity),
      licence: { label: null, evidence: null, encoding: licence && /apache/i.test(licence) ? ['Apache-2.0'] : [] },
      attribution: null,
      items,
      scales: scalesOf(scores, { items, fields }, reading.findings),
      findings: reading.findings,
      notCarried: reading.notCarried,
    },
    options,
  )
}
