/** The study from seed to report. Simulated study, not real data (模拟研究·非真实数据). */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type EffectReport, effectReport, readDataset } from '@tongxing/analysis'
import { type Bilingual, type Bundle, bundleDataset, type Protocol, protocolSchema, type ReleasedDefinition } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { trialSimulator, trueEffect } from './simulation.ts'

const codeVersion = '0.1.0'
const simulatedOn = '2026-09-01' // a fixed day: the same seed gives the same bytes

export type Truth = { readonly scale: string; readonly label: Bilingual; readonly trueEffect: number }
export type Study = { readonly bundle: Bundle; readonly report: EffectReport; readonly truths: readonly Truth[] }

export const readProtocol = async (): Promise<Protocol> =>
  protocolSchema.parse(JSON.parse(await readFile(new URL('./protocol.json', import.meta.url), 'utf8')))

/** The released instruments of the protocol, each once, in the order in which they are first given. */
export const instrumentsOf = async (protocol: Protocol): Promise<readonly ReleasedDefinition[]> => {
  const library = (await loadLibrary()).list()
  const named = [...new Map(protocol.waves.flatMap(({ battery }) => battery).map((one) => [one.instrument, one])).values()]
  return named.map(({ instrument, version }) => {
    const released = library.find(({ definition }) => definition.id === instrument && definition.version === version)
    if (!released) throw new Error(`protocol.json: the library has no ${instrument} ${version}`)
    return released
  })
}

export const truthsOf = (protocol: Protocol, released: readonly ReleasedDefinition[]): readonly Truth[] =>
  [protocol.primary, ...protocol.secondary].map(({ scale }) => {
    const owner = released.find(({ definition }) => definition.scales.some(({ id }) => id === scale))
    if (!owner) throw new Error(`protocol.json: no instrument of the battery has the scale ${scale}`)
    const { texts } = owner.definition
    const label = { 'zh-CN': texts['zh-CN']?.scales[scale] ?? scale, en: texts.en?.scales[scale] ?? scale }
    return { scale, label, trueEffect: trueEffect(owner.definition, scale) }
  })

const points = (effect: number) => effect.toFixed(2).replace('-', '−')

/** The notice of every page, with the primary outcome's true effect, so that it stands beside the estimate. */
const told = (protocol: Protocol, { label, trueEffect: effect }: Truth): Protocol => ({
  ...protocol,
  notice: {
    'zh-CN': `模拟研究·非真实数据（${label['zh-CN']}的真实效应设定为 ${points(effect)} 分）`,
    en: `Simulated study, not real data (${label.en}: a true effect of ${points(effect)} points was built in)`,
  },
})

/** The study as a function of its seed: one simulated trial and its report. Equal seeds give equal bytes. */
export const simulatedStudy = (protocol: Protocol, released: readonly ReleasedDefinition[]) => {
  const truths = truthsOf(protocol, released)
  const simulate = trialSimulator(released.map(({ definition }) => definition))
  return (seed: number): Study => {
    const bundle = bundleDataset({
      id: `${protocol.id}-${seed}`,
      protocol: told(protocol, truths[0]!),
      released,
      sheets: simulate(seed),
      createdOn: simulatedOn,
      codeVersion,
      deidentification: [{ 'zh-CN': '模拟数据：没有任何一行对应真实的人', en: 'simulated: no person stands behind any row' }],
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    })
    const { 'manifest.json': manifest, 'data.csv': data, 'codebook.json': codebook } = bundle.files
    return { bundle, report: effectReport(readDataset({ manifest, data, codebook }), { codeVersion, generatedOn: simulatedOn }), truths }
  }
}
