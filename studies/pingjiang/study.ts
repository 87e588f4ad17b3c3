/** The study from seed to report. Simulated study, not real data (模拟研究·非真实数据). */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type EffectReport, effectReport, type FrozenPlan, readDataset, readPlan } from '@tongxing/analysis'
import { type Bundle, bundleDataset, mayDraw, type Protocol, protocolSchema, type ReleasedDefinition } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import type { Calibration } from './calibration.ts'
import { trialSimulator, type Variant } from './simulation.ts'
import { calibrationOf, type Truth, truthsAt } from './truth.ts'

const codeVersion = '0.1.0'
const simulatedOn = '2026-09-01' // a fixed day: the same seed gives the same bytes

const here = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')

export const readProtocol = async (): Promise<Protocol> => protocolSchema.parse(JSON.parse(await here('./protocol.json')))

/** The released instruments of the protocol, each once, in the order in which they are first given; one that may not be shown is refused. */
export const instrumentsOf = async (protocol: Protocol): Promise<readonly ReleasedDefinition[]> => {
  const library = (await loadLibrary()).list()
  const named = [...new Map(protocol.waves.flatMap(({ battery }) => battery).map((one) => [one.instrument, one])).values()]
  return named.map(({ instrument, version }) => {
    const released = library.find(({ definition }) => definition.id === instrument && definition.version === version)
    if (!released) throw new Error(`protocol.json: the library has no ${instrument} ${version}`)
    const gate = mayDraw(released.definition, { use: 'research', electronic: true, permissions: [] })
    if (!gate.allowed) throw new Error(`protocol.json: ${instrument} ${version} may not be shown for research: ${gate.reason}`)
    return released
  })
}

/** Everything that is fixed before a seed is drawn. */
export type Setting = {
  readonly protocol: Protocol
  readonly released: readonly ReleasedDefinition[]
  readonly calibration: Calibration
  readonly plan: FrozenPlan
}

export const settingOf = async (): Promise<Setting> => {
  const protocol = await readProtocol()
  const released = await instrumentsOf(protocol)
  return { protocol, released, calibration: calibrationOf(protocol, released), plan: readPlan(await here('./plan.json')) }
}

const points = (effect: number) => effect.toFixed(2).replace('-', '−')

/** The notice of every page, with the primary outcome's true effect, so that it stands beside the estimate. */
const told = (protocol: Protocol, { label, trueEffect: effect }: Truth): Protocol => ({
  ...protocol,
  notice: {
    'zh-CN': `模拟研究·非真实数据（${label['zh-CN']}的真实效应设定为 ${points(effect)} 分）`,
    en: `Simulated study, not real data (${label.en}: a true effect of ${points(effect)} points was built in)`,
  },
})

export type Study = { readonly bundle: Bundle; readonly report: EffectReport; readonly truths: readonly Truth[] }

/** The dataset as a function of its seed: equal seeds give equal bytes. */
export const simulatedBundle = ({ protocol, released, calibration }: Setting, variant: Omit<Variant, 'household'> = {}) => {
  const household = released.find(({ definition }) => definition.id === 'left-behind')?.definition
  const simulate = trialSimulator(calibration, { ...variant, ...(household ? { household } : {}) })
  const [truth] = truthsAt('post', calibration)
  return (seed: number): Bundle =>
    bundleDataset({
      id: `${protocol.id}-${seed}${variant.lostNotAtRandom ? '-not-at-random' : ''}`,
      protocol: told(protocol, truth!), // a protocol has its primary outcome
      released,
      sheets: simulate(seed),
      createdOn: simulatedOn,
      codeVersion,
      deidentification: [{ 'zh-CN': '模拟数据：没有任何一行对应真实的人', en: 'simulated: no person stands behind any row' }],
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    })
}

/** One simulated trial with the report of the frozen plan. */
export const simulatedStudy = (setting: Setting, variant: Omit<Variant, 'household'> = {}) => {
  const bundleOf = simulatedBundle(setting, variant)
  const truths = (['post', 'follow-up'] as const).flatMap((wave) => truthsAt(wave, setting.calibration))
  return (seed: number): Study => {
    const bundle = bundleOf(seed)
    const { 'manifest.json': manifest, 'data.csv': data, 'codebook.json': codebook } = bundle.files
    const report = effectReport(readDataset({ manifest, data, codebook }), { codeVersion, generatedOn: simulatedOn, plan: setting.plan })
    return { bundle, report, truths }
  }
}
