import { found, type Law } from './law.ts'

const repeated = (values: readonly (string | number)[]) => values.filter((value, position) => values.indexOf(value) !== position)

export const idsAreUnique: Law = {
  law: 'ids are unique',
  findings: ({ items, optionSets, scales, riskRules, norms = [] }) => [
    ...repeated(items.map(({ id }) => id)).map((id) => found('items', `${id} stands twice`)),
    ...repeated(scales.map(({ id }) => id)).map((id) => found('scales', `${id} stands twice`)),
    ...repeated(riskRules.map(({ id }) => id)).map((id) => found('riskRules', `${id} stands twice`)),
    ...Object.entries(optionSets).flatMap(([set, options]) => [
      ...repeated(options.map(({ id }) => id)).map((id) => found(`optionSets.${set}`, `${id} stands twice`)),
      ...repeated(options.map(({ value }) => value)).map((value) => found(`optionSets.${set}`, `value ${value} stands twice`)),
    ]),
    ...repeated(norms.map(({ id }) => id)).map((id) => found('norms', `${id} stands twice`)),
    ...scales.flatMap(({ id, items: keyed, of = [], bands, cutOffs }) => [
      ...repeated(keyed.map(({ item }) => item)).map((item) => found(`scales.${id}.items`, `${item} stands twice`)),
      ...repeated(of.map(({ scale }) => scale)).map((scale) => found(`scales.${id}.of`, `${scale} stands twice`)),
      ...repeated(bands.map((band) => band.id)).map((band) => found(`scales.${id}.bands`, `${band} stands twice`)),
      ...repeated(cutOffs.map((cut) => cut.id)).map((cut) => found(`scales.${id}.cutOffs`, `${cut} stands twice`)),
    ]),
  ],
}

export const referencesMeetTheirTarget: Law = {
  law: 'every reference meets its target',
  findings: ({ id: instrument, items, optionSets, scales, riskRules, norms = [] }) => {
    const known = items.map(({ id }) => id)
    const prefix = instrument.replaceAll('-', '')
    return [
      ...known.filter((id) => id.split('_')[0] !== prefix).map((id) => found('items', `${id} must begin with ${prefix}_`)),
      ...scales.filter(({ id }) => !id.startsWith(`${prefix}_`)).map(({ id }) => found(`scales.${id}`, `must begin with ${prefix}_`)),
      ...norms
        .filter(({ scale }) => !scales.some(({ id }) => id === scale))
        .map(({ id, scale }) => found(`norms.${id}`, `${scale} is not a scale`)),
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
