import { changeByArm } from '../src/plots/change-by-arm.ts'
import { effectForest } from '../src/plots/effect-forest.ts'
import { figureSamples } from './figure-samples.ts'
import { simulatedReport } from './simulated-trial.ts'

/** Both plots of a small simulated trial and every figure of the report in both languages, numbers to ten digits so that a golden survives another processor. */
export const plotSpecs = () => {
  const report = simulatedReport({ battery: ['phq-9', 'rses'] })
  const specs = (['zh-CN', 'en'] as const).map((language) => ({
    language,
    change: changeByArm(report, report.primary, language),
    forest: effectForest(report, language),
    figures: figureSamples(language),
  }))
  return JSON.parse(
    JSON.stringify(specs, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value)),
  ) as typeof specs
}
