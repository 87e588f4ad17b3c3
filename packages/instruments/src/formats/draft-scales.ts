/** The scales of a draft: those of the file whose items, or whose parts, the draft holds. */
import type { Definition } from '../definition.ts'
import { slug, uniquely } from './draft-ids.ts'
import type { Keyed } from './draft-texts.ts'
import { type Foreign, type ForeignScale, valueRange } from './foreign.ts'
import { statedDirection } from './polarity.ts'
import { anyWords } from './words.ts'

const scaleId = ({ name, words }: ForeignScale, position: number) =>
  (slug(name) || slug(anyWords(words) ?? '')).replaceAll('-', '_') || `scale_${position + 1}`

/** Bands in rising order, as a score is looked up. */
const risingThresholds = ({ thresholds }: ForeignScale) => thresholds.toSorted((left, right) => left.from - right.from)

const scaleOf = (
  foreign: Foreign,
  scale: ForeignScale,
  id: string,
  carried: readonly Keyed[],
  ids: ReadonlyMap<string, string>,
): Definition['scales'][number] => {
  const unique = uniquely()
  const count = scale.of?.length ?? scale.terms.length
  const source = `imported file ${foreign.file}`
  const weighted = (weight: number) => (weight === 1 ? {} : { weight })
  return {
    id,
    method: scale.method,
    direction: statedDirection(scale.description) === 1 ? 'higher-is-better' : 'higher-is-worse',
    items: scale.of
      ? []
      : scale.terms.map(({ item, reversed, weight }) => ({
          item: carried.find((keyed) => keyed.source.name === item)!.id,
          ...(reversed ? { reversed } : {}),
          ...weighted(weight),
        })),
    ...(scale.of ? { of: scale.of.map(({ scale: part, weight }) => ({ scale: ids.get(part)!, ...weighted(weight) })) } : {}),
    missing: {
      minimumAnswered: scale.missing === 'null' ? count : Math.max(1, Math.min(count, Math.trunc(scale.minimumAnswered ?? 1))),
      treatment: scale.missing,
      basis: 'none',
      source: `${source}: ${scale.missingSaid ?? 'says nothing of missing answers'}`,
    },
    ...(scale.transform ? { transform: { kind: 'linear' as const, ...scale.transform } } : {}),
    rounding:
      scale.decimals === null
        ? { decimals: 0, mode: 'none' }
        : { decimals: Math.max(0, Math.min(6, Math.trunc(scale.decimals))), mode: 'half-up' },
    bands: risingThresholds(scale).map(({ from, to, label }) => ({
      id: unique(slug(label), 'band'),
      from,
      to,
      source: `${source}: ${label}`,
    })),
    cutOffs: [],
  }
}

const scalesCarried = (foreign: Foreign, carried: readonly Keyed[]) => {
  const names = new Set(carried.map(({ source }) => source.name))
  const valued = new Set(carried.filter(({ source }) => valueRange(source) !== null).map(({ source }) => source.name))
  const simple = foreign.scales.filter(
    ({ of, terms }) => !of && terms.length > 0 && terms.every(({ item }) => names.has(item) && valued.has(item)),
  )
  const known = new Set(simple.map(({ name }) => name))
  return foreign.scales.filter(
    (scale) => known.has(scale.name) || (scale.of && scale.of.length > 1 && scale.of.every((part) => known.has(part.scale))),
  )
}

/** Each scale that can be carried, beside the one of the file. */
export const draftScales = (foreign: Foreign, carried: readonly Keyed[]) => {
  const scales = scalesCarried(foreign, carried)
  const unique = uniquely()
  const ids = new Map(scales.map((scale, position) => [scale.name, unique(scaleId(scale, position), 'scale').replaceAll('-', '_')]))
  return scales.map((scale) => [scale, scaleOf(foreign, scale, ids.get(scale.name)!, carried, ids)] as const)
}
