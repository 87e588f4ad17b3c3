/** One instrument as a Markdown page: items with their codes, scales with key, missing rule, bands and cut-offs, norms, rules, licence. */
import type { Definition, Norm, RiskRule, Scale } from '../definition.ts'
import { scaleRange } from '../scale-range.ts'
import { type Language, type Phrases, phrases } from './codebook-phrases.ts'
import { keyOf } from './scale-key.ts'
import { languagesOf, type Words, wordsIn } from './words-of.ts'

const cell = (text: string | number) => String(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`
const section = (title: string, header: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  rows.length === 0 ? [] : [`## ${title}`, '', line(header), line(header.map(() => '---')), ...rows.map(line), '']

const itemRow = (definition: Definition, item: Definition['items'][number], words: Words, say: Phrases) => {
  const scored = definition.scales.flatMap(({ id, items }) => {
    const keyed = items.find((one) => one.item === item.id)
    return keyed ? [keyed.reversed ? `R(${id})` : id] : []
  })
  const { askedIf } = item
  const remarks = [
    ...(item.sensitive ? [say.sensitive] : []),
    ...(askedIf ? [`${say.asked} ${[askedIf.item, ...(askedIf.orItems ?? [])].join(' / ')} = ${askedIf.from}..${askedIf.to}`] : []),
  ]
  return [item.id, words.item(item.id), item.options, scored.join(' '), remarks.join('; ')]
}

const scaleRow = (definition: Definition, scale: Scale, words: Words, say: Phrases) => {
  const { from, to } = scaleRange(definition, scale.id)
  const { missing, direction, of, items } = scale
  const rule = `${say.treatments[missing.treatment]}, ${say.answered} ${missing.minimumAnswered}/${(of ?? items).length} (${missing.basis})`
  return [scale.id, words.scale(scale.id), keyOf(scale), `${from}..${to}`, rule, direction === 'higher-is-worse' ? say.worse : say.better]
}

const bandRows = ({ id, bands, cutOffs }: Scale, said: Readonly<Record<string, string>>, say: Phrases) => [
  ...bands.map((band) => [id, said[band.id] ?? band.id, band.from, band.to, band.source]),
  ...cutOffs.map((cut) => [
    id,
    `${cut.id}${cut.population ? ` (${cut.population})` : ''}`,
    cut.atLeast === undefined ? '' : `${say.atLeast} ${cut.atLeast}`,
    cut.below === undefined ? '' : `${say.below} ${cut.below}`,
    [cut.source, ...(cut.note ? [cut.note] : [])].join('. '),
  ]),
]

const normRows = ({ scale, cells, sample, year, source }: Norm) =>
  cells.map(({ ages, grades, sex, region, n = '', mean, standardDeviation }) => {
    const span = (name: string, range?: { readonly from: number; readonly to: number }) =>
      range ? [`${name} ${range.from}-${range.to}`] : []
    const group = [...span('age', ages), ...span('grade', grades), ...(sex ? [sex] : []), ...(region ? [region] : [])]
    return [scale, [sample, ...group].join(', '), n, mean, standardDeviation, `${source} (${year})`]
  })

const condition = (rule: RiskRule, say: Phrases) =>
  rule.kind === 'unanswered'
    ? `${rule.item}: ${say.unanswered}`
    : `${rule.kind === 'item' ? rule.item : rule.scale} = ${rule.from}..${rule.to}`

/** The page in one language; where an instrument has no words in it, those of another language or the ids stand in. */
export const codebookPage = (definition: Definition, language: Language): string => {
  const available = Object.hasOwn(definition.texts, language) ? language : languagesOf(definition)[0]!
  const [words, texts, say] = [wordsIn(definition, available), definition.texts[available]!, phrases[language]]
  const { licence, scales, riskRules, references, optionSets } = definition
  return [
    `# ${definition.acronym} · ${words.name}: ${say.codebook}`,
    '',
    `${definition.id}@${definition.version} · ${say.screening}${definition.validated === false ? ` ${say.unvalidated}` : ''}`,
    '',
    `${say.licence}: ${licence.wording.status}. ${licence.wording.attribution} ${licence.wording.terms}`,
    '',
    ...section(
      say.items,
      say.item,
      definition.items.map((item) => itemRow(definition, item, words, say)),
    ),
    ...section(
      say.options,
      say.option,
      Object.entries(optionSets).flatMap(([set, options]) => options.map(({ id, value }) => [set, value, words.option(set, id), id])),
    ),
    ...section(
      say.scales,
      say.scale,
      scales.map((scale) => scaleRow(definition, scale, words, say)),
    ),
    ...section(
      say.bands,
      say.band,
      scales.flatMap((scale) => bandRows(scale, texts.bands[scale.id] ?? {}, say)),
    ),
    ...section(say.norms, say.norm, (definition.norms ?? []).flatMap(normRows)),
    ...section(
      say.rules,
      say.rule,
      riskRules.map((rule) => [rule.id, condition(rule, say), rule.urgency, texts.riskRules[rule.id] ?? rule.id]),
    ),
    `## ${say.references}`,
    '',
    ...references.map(({ citation, doi }) => `- ${citation}${doi ? `, doi:${doi}` : ''}`),
    '',
  ].join('\n')
}
