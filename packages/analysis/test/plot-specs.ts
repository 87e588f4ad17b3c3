import { figureSamples } from './figure-samples.ts'

/** Every figure of the report in both languages, numbers to ten digits so that a golden survives another processor. */
export const plotSpecs = () => {
  const specs = (['zh-CN', 'en'] as const).map((language) => ({ language, figures: figureSamples(language) }))
  return JSON.parse(
    JSON.stringify(specs, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value)),
  ) as typeof specs
}
