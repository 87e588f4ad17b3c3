import { found, type Law } from './law.ts'

const repeated = (values: readonly (string | number)[]) => values.filter((value, position) => values.indexOf(value) !== position)

export const idsAreUnique: Law = {
  law: 'ids are unique',
  findings: ({ items, optionSets, scales, riskRules }) => [
    ...repeated(items.map(({ id }) => id)).map((id) => found('items', `${id} stands twice`)),
    ...repeated(scales.map(({ id }) => id)).map((id) => found('scales', `${id} stands twice`)),
    ...repeated(riskRules.map(({ id }) => id)).map((id) => found('riskRules', `${id} stands twice`)),
    ...Object.entries(optionSets).flatMap(([set, options]) => [
      ...repeated(options.map(({ id }) => id)).map((id) => found(`optionSets.${set}`, `${id} stands twice`)),
      ...repeated(options.map(({ value }) => value)).map((value) => found(`optionSets.${set}`, `value ${value} stands twice`)),
    ]),
    ...scales.flatMap((scale) =>
      repeated(scale.items.map(({ item }) => item)).map((item) => found(`scales.${scale.id}.items`, `${item} stands twice`)),
    ),
  ],
}

export const referencesMeetTheirTarget: Law = {
  law: 'every reference meets its target',
  findings: ({ items, optionSets, scales, riskRules }) => {
    const known = items.map(({ id }) => id)
    const prefix = known[0]!.split('_')[0]!
    return [
      ...known.filter((id) => id.split('_')[0] !== prefix).map((id) => found('items', `${id} must begin with ${prefix}_`)),
      ...items
        .filter(({ options }) => !Object.hasOwn(optionSets, options))
        .map(({ id, options }) => found(`items.${id}.options`, `${options} is not one of ${Object.keys(optionSets).join(', ')}`)),
      ...scales.flatMap((scale) =>
        scale.items
          .filter(({ item }) => !known.includes(item))
          .map(({ item }) => found(`scales.${scale.id}.items`, `${item} is not an item`)),
      ),
      ...riskRules.flatMap((rule) => {
        if (rule.kind === 'scale')
          return scales.some(({ id }) => id === rule.scale) ? [] : [found(`riskRules.${rule.id}`, `${rule.scale} is not a scale`)]
        return known.includes(rule.item) ? [] : [found(`riskRules.${rule.id}`, `${rule.item} is not an item`)]
      }),
    ]
  },
}
