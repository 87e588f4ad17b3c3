/** A small simulated trial for tests: schools in arms, two waves, answers from the instruments' own simulator. Not real data. */
import {
  type Bundle,
  bundleDataset,
  type DatasetSheet,
  type Protocol,
  protocolSchema,
  type ReleasedDefinition,
  scoreAnswers,
  seededRandom,
  simulateAnswers,
} from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { sha256 } from '../src/dataset/hash.ts'
import { type Dataset, type DatasetTexts, readDataset } from '../src/dataset/read-dataset.ts'
import { effectReport } from '../src/report/effect-report.ts'
import type { EffectReport } from '../src/report/record.ts'

const released = (await loadLibrary()).list()
const label = (zh: string, en: string) => ({ 'zh-CN': zh, en })

export type Trial = {
  readonly schools?: number
  readonly pupils?: number
  readonly effect?: number
  readonly skipRate?: number
  readonly seed?: number
  readonly arms?: Protocol['arms']
  readonly battery?: readonly string[]
  /** after the baseline; the programme acts from the first of them on */
  readonly laterWaves?: readonly string[]
  /** pupils of the programme arm attend 0 to so many */
  readonly sessions?: number
  readonly change?: (sheets: readonly DatasetSheet[]) => readonly DatasetSheet[]
}

const twoArms: Protocol['arms'] = [
  { id: 'programme', label: label('干预组', 'programme'), control: false },
  { id: 'control', label: label('对照组', 'control'), control: true },
]

const laterLabels: Readonly<Record<string, Protocol['title']>> = {
  post: label('干预后', 'after the programme'),
  'follow-up': label('随访', 'follow-up'),
}

const protocolOf = (arms: Protocol['arms'], battery: readonly string[], laterWaves: readonly string[], sessions?: number): Protocol => {
  const entries = battery.map((instrument) => ({ instrument, version: '1.0.0' }))
  const scales = released
    .filter(({ definition }) => battery.includes(definition.id))
    .flatMap(({ definition }) => definition.scales.map(({ id }) => ({ scale: id })))
  const primary = scales.find(({ scale }) => scale.startsWith('phq9')) ?? scales[0]!
  return protocolSchema.parse({
    schemaVersion: 1,
    id: 'simulated-trial',
    title: label('童行示例研究', 'A small example trial'),
    simulated: true,
    notice: label('模拟研究·非真实数据', 'Simulated, not real data'),
    arms,
    waves: [
      { id: 'baseline', label: label('基线', 'baseline'), battery: entries },
      ...laterWaves.map((id) => ({ id, label: laterLabels[id]!, battery: entries })),
    ],
    allocation: { unit: 'school' },
    primary: { scale: primary.scale, wave: 'post', baselineWave: 'baseline' },
    secondary: scales.filter(({ scale }) => scale !== primary.scale),
    languages: ['zh-CN'],
    ...(sessions === undefined ? {} : { sessions }),
  })
}

const normalFrom = (random: () => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const sheetsOf = (
  protocol: Protocol,
  used: readonly ReleasedDefinition[],
  trial: Required<Omit<Trial, 'arms' | 'change' | 'battery' | 'laterWaves' | 'sessions'>>,
) => {
  const random = seededRandom(trial.seed)
  const normal = normalFrom(random)
  return Array.from({ length: trial.schools }, (_, school) => {
    const arm = protocol.arms[school % protocol.arms.length]!
    const schoolLevel = 0.25 * normal()
    return Array.from({ length: trial.pupils }, (_, pupil) => {
      const own = normal()
      return protocol.waves.map((wave, place): DatasetSheet => {
        const latent = schoolLevel + 0.8 * own + 0.5 * normal() - (place > 0 && !arm.control ? trial.effect : 0)
        return {
          id: `P${school}x${pupil}`,
          school: `S${school}`,
          class: `C${school}`,
          arm: arm.id,
          wave: wave.id,
          week: 0,
          age: 10 + (pupil % 6),
          sex: pupil % 2 ? 'female' : 'male',
          leftBehind: pupil % 3 === 0,
          ...(protocol.sessions === undefined ? {} : { sessions: arm.control ? null : pupil % (protocol.sessions + 1) }),
          instruments: used.map(({ definition }) => {
            const answers = simulateAnswers(definition, { latent, random, skipRate: trial.skipRate })
            return { instrument: definition.id, version: definition.version, answers, scores: scoreAnswers(definition, answers) }
          }),
        }
      })
    }).flat()
  }).flat()
}

export const simulatedTrial = ({
  arms = twoArms,
  battery = ['phq-9'],
  laterWaves = ['post'],
  sessions,
  change = (sheets) => sheets,
  ...rest
}: Trial = {}): Bundle<Protocol> => {
  const protocol = protocolOf(arms, battery, laterWaves, sessions)
  const used = released.filter(({ definition }) => battery.includes(definition.id))
  const sheets = sheetsOf(protocol, used, { schools: 8, pupils: 20, effect: 0.5, skipRate: 0, seed: 7, ...rest })
  return bundleDataset({
    id: 'simulated',
    protocol,
    released: used,
    sheets: change(sheets),
    createdOn: '2026-01-01',
    codeVersion: '0.0.0',
    deidentification: [label('模拟', 'simulated')],
    sha256,
  })
}

export const textsOf = ({ files }: Bundle): DatasetTexts => ({
  manifest: files['manifest.json'],
  data: files['data.csv'],
  codebook: files['codebook.json'],
})

export const simulatedDataset = (trial: Trial = {}): Dataset => readDataset(textsOf(simulatedTrial(trial)))
export const simulatedReport = (trial: Trial = {}): EffectReport =>
  effectReport(simulatedDataset(trial), { codeVersion: '0.0.0', generatedOn: '2026-01-01' })
