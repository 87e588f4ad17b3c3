import { valuesOf } from '../answers.ts'
import type { Definition, Scale } from '../definition.ts'
import { rawRange, scaleRange } from '../scale-range.ts'
import { found, type Law } from './law.ts'

const bandFindings = (definition: Definition, scale: Scale): ReturnType<Law['findings']> => {
  const { bands, rounding } = scale
  const place = `scales.${scale.id}.bands`
  if (bands.length === 0) return []
  const range = scaleRange(definition, scale.id)
  const step = 10 ** -rounding.decimals
  const meets = (to: number, from: number) => (rounding.mode === 'none' ? from > to : Math.abs(from - to - step) < step / 1e6)
  return [
    ...(bands[0]!.from === range.from ? [] : [found(place, `must begin at ${range.from}, not ${bands[0]!.from}`)]),
    ...(bands.at(-1)!.to === range.to ? [] : [found(place, `must end at ${range.to}, not ${bands.at(-1)!.to}`)]),
    ...bands.filter(({ from, to }) => from > to).map(({ id }) => found(`${place}.${id}`, 'ends before it begins')),
    ...bands
      .slice(1)
      .filter((band, position) => !meets(bands[position]!.to, band.from))
      .map(({ id, from }) => found(`${place}.${id}`, `begins at ${from}, which leaves a gap or an overlap`)),
  ]
}

export const bandsTile: Law = {
  law: 'bands tile the reachable range',
  findings: (definition) => definition.scales.flatMap((scale) => bandFindings(definition, scale)),
}

const cutOffFindings = ({ id, cutOffs }: Scale): ReturnType<Law['findings']> =>
  cutOffs.flatMap(({ id: cut, atLeast, below, sensitivity, specificity }) => [
    ...(atLeast === undefined && below === undefined ? [found(`scales.${id}.cutOffs.${cut}`, 'needs atLeast or below')] : []),
    ...((sensitivity === undefined) === (specificity === undefined)
      ? []
      : [found(`scales.${id}.cutOffs.${cut}`, 'has sensitivity and specificity together or neither')]),
  ])

export const limitsAreReachable: Law = {
  law: 'cut-offs and rules lie in the reachable range',
  findings: (definition) => {
    const outside = (place: string, scale: string, limits: readonly (number | undefined)[]) => {
      const { from, to } = scaleRange(definition, scale)
      return limits
        .filter((limit) => limit !== undefined && (limit < from || limit > to))
        .map((limit) => found(place, `${limit} is not between ${from} and ${to}`))
    }
    return [
      ...definition.scales.flatMap(cutOffFindings),
      ...definition.scales.flatMap(({ id, cutOffs }) =>
        cutOffs.flatMap((cut) => outside(`scales.${id}.cutOffs.${cut.id}`, id, [cut.atLeast, cut.below])),
      ),
      ...definition.riskRules.flatMap((rule) =>
        rule.kind === 'scale' ? outside(`riskRules.${rule.id}`, rule.scale, [rule.from, rule.to]) : [],
      ),
      ...definition.riskRules
        .filter((rule) => rule.kind !== 'unanswered' && rule.from > rule.to)
        .map(({ id }) => found(`riskRules.${id}`, 'ends before it begins')),
    ]
  },
}

const addsZero = (definition: Definition, { items, of = [] }: Scale) =>
  items.every(({ item }) => valuesOf(definition, item).includes(0)) &&
  of.every(({ scale }) => {
    const { from, to } = scaleRange(definition, scale)
    return from <= 0 && to >= 0
  })

const missingFindings = (definition: Definition, scale: Scale): ReturnType<Law['findings']> => {
  const { minimumAnswered, treatment, cap, source } = scale.missing
  const place = `scales.${scale.id}.missing`
  const all = (scale.of ?? scale.items).length
  const { from, to } = rawRange(definition, scale)
  return [
    ...(minimumAnswered > all ? [found(place, `minimumAnswered is at most ${all}`)] : []),
    ...(treatment === 'null' && minimumAnswered !== all ? [found(place, `with treatment null, minimumAnswered is ${all}`)] : []),
    ...(treatment === 'zero' && !addsZero(definition, scale)
      ? [found(place, 'with treatment zero, every part must be able to add 0')]
      : []),
    ...(cap !== undefined && (cap < from || cap > to) ? [found(`${place}.cap`, `${cap} is not between ${from} and ${to}`)] : []),
    ...(source === undefined ? [found(`${place}.source`, 'is missing')] : []),
  ]
}

export const missingRulesAgree: Law = {
  law: 'a missing rule fits its scale and names its source',
  findings: (definition) => definition.scales.flatMap((scale) => missingFindings(definition, scale)),
}

const missingRows = (definition: Definition, scale: Scale): readonly number[] => {
  if (scale.transform?.kind !== 'table') return []
  const rows = new Set(scale.transform.rows.map(([raw]) => raw))
  const { from, to } = rawRange(definition, scale)
  return Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, step) => Math.ceil(from) + step).filter((raw) => !rows.has(raw))
}

export const tablesAreWhole: Law = {
  law: 'a table of scores has a row for every raw score',
  findings: (definition) =>
    definition.scales.flatMap((scale) =>
      missingRows(definition, scale).map((raw) => found(`scales.${scale.id}.transform.rows`, `has no row for the raw score ${raw}`)),
    ),
}
