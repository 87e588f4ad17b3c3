// What a paper sheet asks, as the clerk's page shows it: short texts and what a digit stands for. Scores are no part of it.
import { answered, server } from '../server.ts'
import type { Definition, PaperDesk } from '../wire.ts'

const definitionOf = async (instrument: string, version: string) =>
  (await answered(server.GET('/api/v1/instruments/{instrument}/{version}', { params: { path: { instrument, version } } }))).definition

/** Every instrument of a session, in its order. */
export const formsOf = (battery: PaperDesk['battery']): Promise<readonly Definition[]> =>
  Promise.all(battery.map(({ instrument, version }) => definitionOf(instrument, version)))

const textsIn = ({ texts }: Definition, language: string) => texts[language] ?? texts['zh-CN'] ?? texts[Object.keys(texts)[0] ?? '']

export const itemText = (form: Definition, item: string, language: string): string => textsIn(form, language)?.items[item] ?? item

/** "2 · several days": the digit as it stands in the box, and its word. */
export const valueText = (form: Definition, item: string, value: number, language: string): string => {
  const set = form.items.find(({ id }) => id === item)?.options ?? ''
  const option = form.optionSets[set]?.find((one) => one.value === value)
  const label = option && textsIn(form, language)?.options[set]?.[option.id]
  return label ? `${value} · ${label}` : String(value)
}

export const valuesOf = (form: Definition, item: string): readonly number[] => {
  const set = form.items.find(({ id }) => id === item)?.options ?? ''
  return (form.optionSets[set] ?? []).map(({ value }) => value)
}
