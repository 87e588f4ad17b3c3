import { valuesOf } from '../answers.ts'
import type { Definition, Scale } from '../definition.ts'
import { reverse } from '../scale-value.ts'
import { missingCode } from '../scorer/columns.ts'
import { found, type Law } from './law.ts'

const tableFindings = ({ id, transform }: Scale): ReturnType<Law['findings']> =>
  transform?.kind === 'table'
    ? transform.rows
        .slice(1)
        .filter(([raw], position) => raw <= transform.rows[position]![0])
        .map(([raw]) => found(`scales.${id}.transform.rows`, `raw score ${raw} must be above the one before it`))
    : []

export const scalesAddUp: Law = {
  law: 'a scale adds up either items or scales that stand before it',
  findings: ({ scales }) =>
    scales.flatMap((scale, index) => {
      const { id, items, of, method, count } = scale
      const before = scales.slice(0, index).map((earlier) => earlier.id)
      return [
        ...(items.length > 0 === (of === undefined) ? [] : [found(`scales.${id}`, 'must have either items or of, and not both')]),
        ...(of ?? [])
          .filter((part) => !before.includes(part.scale))
          .map((part) => found(`scales.${id}.of`, `${part.scale} is no scale before it`)),
        ...((method === 'count') === (count !== undefined)
          ? []
          : [found(`scales.${id}.count`, 'stands with method count, and only there')]),
        ...tableFindings(scale),
      ]
    }),
}

const skipFindings = (definition: Definition, item: Definition['items'][number]): ReturnType<Law['findings']> => {
  const { id, askedIf, otherwise } = item
  const place = `items.${id}`
  if (!askedIf) return otherwise === undefined ? [] : [found(`${place}.otherwise`, 'stands only with askedIf')]
  const before = definition.items.slice(0, definition.items.indexOf(item)).map((earlier) => earlier.id)
  const deciders = [askedIf.item, ...(askedIf.orItems ?? [])]
  const admits = (decider: string) => valuesOf(definition, decider).filter((value) => value >= askedIf.from && value <= askedIf.to).length
  const isScored = definition.scales.some(({ items }) => items.some((keyed) => keyed.item === id))
  return [
    ...deciders
      .filter((decider) => !before.includes(decider))
      .map((decider) => found(`${place}.askedIf`, `${decider} is no item before it`)),
    ...deciders
      .filter((decider) => before.includes(decider) && [0, valuesOf(definition, decider).length].includes(admits(decider)))
      .map((decider) => found(`${place}.askedIf`, `must hold for some answers to ${decider} and not for others`)),
    ...(otherwise === undefined && isScored ? [found(`${place}.otherwise`, 'is missing: a scale adds up this item')] : []),
    ...(otherwise === undefined || valuesOf(definition, id).includes(otherwise)
      ? []
      : [found(`${place}.otherwise`, `must be one of ${valuesOf(definition, id).join(', ')}`)]),
  ]
}

export const skipLogicHolds: Law = {
  law: 'an item is asked after the answers that decide it, and says what stands for it otherwise',
  findings: (definition) => definition.items.flatMap((item) => skipFindings(definition, item)),
}

const mirrors = (values: readonly number[]) => values.every((value) => values.includes(reverse(value, values)))

export const codesFit: Law = {
  law: 'codes fit their columns, and those of a reversed item mirror onto each other',
  findings: (definition) => [
    ...Object.entries(definition.optionSets).flatMap(([set, options]) =>
      options
        .filter(({ value }) => value === missingCode || Math.abs(value) > 32_767)
        .map(({ id, value }) =>
          found(`optionSets.${set}.${id}`, `${value} is no code: it lies beyond 16 bits or stands for a missing answer`),
        ),
    ),
    ...definition.scales.flatMap(({ id, items }) =>
      items
        .filter(({ item, reversed }) => reversed && !mirrors(valuesOf(definition, item)))
        .map(({ item }) => found(`scales.${id}.items`, `${item} is reversed, but its codes do not mirror onto each other`)),
    ),
  ],
}
