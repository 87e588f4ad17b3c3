import { valuesOf } from '../answers.ts'
import { found, type Law } from './law.ts'

export const riskItemsAreCovered: Law = {
  law: 'every risk item is covered by an item rule and an unanswered rule',
  findings: (definition) => {
    const asked = definition.riskRules.flatMap((rule) => (rule.kind === 'item' ? [rule.item] : []))
    const risky = new Set([...definition.items.filter(({ sensitive }) => sensitive).map(({ id }) => id), ...asked])
    return [...risky].flatMap((item) => {
      const values = valuesOf(definition, item)
      const uncovered = values.filter(
        (value) =>
          value > Math.min(...values) &&
          !definition.riskRules.some((rule) => rule.kind === 'item' && rule.item === item && value >= rule.from && value <= rule.to),
      )
      const unanswered = definition.riskRules.some((rule) => rule.kind === 'unanswered' && rule.item === item)
      const sensitive = definition.items.some(({ id, sensitive }) => id === item && sensitive)
      return [
        ...uncovered.map((value) => found(`items.${item}`, `no item rule covers the answer ${value}`)),
        ...(unanswered ? [] : [found(`items.${item}`, 'no rule covers its staying unanswered')]),
        ...(sensitive ? [] : [found(`items.${item}`, 'has a rule and must be sensitive')]),
      ]
    })
  },
}
