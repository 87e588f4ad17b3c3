import { scaleRange } from '../codebook.ts'
import type { Definition, Scale } from '../definition.ts'
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

export const missingRulesAgree: Law = {
  law: 'a missing rule fits its scale and names its source',
  findings: ({ scales }) =>
    scales.flatMap(({ id, items, missing }) => {
      const place = `scales.${id}.missing`
      return [
        ...(missing.minimumAnswered > items.length ? [found(place, `minimumAnswered is at most ${items.length}`)] : []),
        ...(missing.treatment === 'null' && missing.minimumAnswered !== items.length
          ? [found(place, `with treatment null, minimumAnswered is ${items.length}`)]
          : []),
        ...(missing.source === undefined ? [found(`${place}.source`, 'is missing')] : []),
      ]
    }),
}
