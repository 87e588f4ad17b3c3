import { type ClusterDesign, clusterPower, minimumDetectableEffect, schoolsNeeded } from '../planning/cluster-power.ts'
import { type SimulatedPower, simulatedPower } from '../planning/simulated-power.ts'
import { BadInput, type Command, needed, numberIn, parseOptions } from './command.ts'
import { print, type Table } from './print.ts'
import { progress } from './progress.ts'
import { unanswered } from './sentences.ts'

const between = (option: string, text: string, from: number, to: number): number => {
  const value = numberIn(option, text)
  if (!(value >= from && value <= to)) throw new BadInput(`--${option} takes a number from ${from} to ${to}, got ${text}`)
  return value
}
const whole = (option: string, text: string, least: number): number => {
  const value = numberIn(option, text)
  if (!Number.isInteger(value) || value < least) throw new BadInput(`--${option} takes a whole number of ${least} or more, got ${text}`)
  return value
}

const simulatedOf = (simulated: SimulatedPower, effect: number | null, target: number) => {
  const { power, minimumDetectableEffect: smallest, ...found } = simulated
  return {
    ...found,
    power: effect === null ? null : { effect, ...power(effect) },
    minimumDetectableEffect: target * found.trials <= found.trials - found.failed ? smallest(target) : null,
  }
}
type Simulated = ReturnType<typeof simulatedOf>

const withError = ({ share, monteCarlo }: Simulated['size']) =>
  `${share.toPrecision(4)} (${monteCarlo.lower.toPrecision(3)} to ${monteCarlo.upper.toPrecision(3)})`

const simulatedTable = (found: Simulated, target: number): Table => ({
  title: `${found.trials} simulated trials, tested by Kenward and Roger after ${{ none: 'the arm alone', baseline: 'arm and baseline', 'baseline-and-school-mean': "arm, baseline and the school's mean of it" }[found.covariates]}`,
  columns: ['', ''],
  rows: [
    ...(found.power ? [[`power to find ${found.power.effect}, with its Monte Carlo interval`, withError(found.power)]] : []),
    [`smallest effect found with power ${target}`, found.minimumDetectableEffect],
    ['size: found though there is none', withError(found.size)],
    ['mean degrees of freedom', found.meanDf],
    ['trials without variance between schools', found.singular],
    ['trials that could not be fitted', found.failed],
  ],
})

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('power', args, {
    ...{ effect: text, schools: text, pupils: text, icc: text },
    ...{ correlation: { ...text, default: '0' }, 'school-correlation': text, attrition: { ...text, default: '0' } },
    ...{ simulate: text, seed: { ...text, default: '1' } },
    ...{ 'size-variation': { ...text, default: '0' }, power: { ...text, default: '0.8' }, alpha: { ...text, default: '0.05' } },
  })
  const alpha = between('alpha', options.alpha, 0.0001, 0.5)
  const [target, correlation] = [between('power', options.power, 0.51, 0.9999), between('correlation', options.correlation, -1, 1)]
  const ofSchools =
    options['school-correlation'] === undefined ? correlation : between('school-correlation', options['school-correlation'], -1, 1)
  const plan: Omit<ClusterDesign, 'schools'> = {
    pupils: whole('pupils', needed('power', 'pupils', options.pupils), 1) * (1 - between('attrition', options.attrition, 0, 0.95)),
    intraclassCorrelation: between('icc', needed('power', 'icc', options.icc), 0, 1),
    rSquared: { pupils: correlation ** 2, schools: ofSchools ** 2 },
    sizeVariation: between('size-variation', options['size-variation'], 0, 5),
    schoolCovariates: ofSchools === 0 ? 0 : 1,
    alpha,
  }
  if (plan.pupils < 1) throw new BadInput('after attrition no school has a pupil left')
  const schools = options.schools === undefined ? null : whole('schools', options.schools, 3 + (plan.schoolCovariates ?? 0))
  const effect = options.effect === undefined ? null : numberIn('effect', options.effect)
  if (schools === null && effect === null) throw new BadInput('power needs --schools or --effect; help power lists what it takes')
  if (effect === 0) throw new BadInput('--effect takes a number other than 0')
  const simulated = (() => {
    if (options.simulate === undefined) return null
    if (schools === null) throw new BadInput('--simulate needs --schools beside it')
    const [trials, seed] = [whole('simulate', options.simulate, 100), whole('seed', options.seed, 0)]
    const design = {
      ...plan,
      schools,
      sizeVariation: plan.sizeVariation ?? 0,
      alpha,
      correlation: { pupils: correlation, schools: ofSchools },
    }
    const found = simulatedPower(design, trials, seed, progress('simulating'))
    if (found.kind === 'not-estimable') throw new BadInput(`--simulate: ${unanswered(found.reason)}`)
    return simulatedOf(found, effect, target)
  })()
  const record = {
    plan,
    found: schools !== null && effect !== null ? clusterPower(effect, { ...plan, schools }) : null,
    minimumDetectableEffect: schools === null ? null : minimumDetectableEffect(target, { ...plan, schools }),
    schoolsNeeded: effect === null ? null : schoolsNeeded(target, effect, plan),
    target,
    simulated,
  }
  const rows = [
    ['schools', schools],
    ['pupils of a school who are measured', plan.pupils],
    ...(record.found
      ? [
          [`power to find ${effect}`, record.found.power],
          ['degrees of freedom', record.found.df],
        ]
      : []),
    ...(schools === null ? [] : [[`smallest effect found with power ${target}`, record.minimumDetectableEffect]]),
    ...(effect === null ? [] : [[`schools needed to find ${effect} with power ${target}`, record.schoolsNeeded ?? 'more than 10,000']]),
  ]
  print(options.json, record, [
    { title: 'a trial allocated by school, two arms of equal number; effects in total standard deviations', columns: ['', ''], rows },
    ...(simulated ? [simulatedTable(simulated, target)] : []),
  ])
}

const usage = `power --pupils 100 --icc 0.03 [--schools 24] [--effect 0.25] [--correlation 0.6] [--attrition 0.15] [--json]
  plans a trial allocated by school: its power, the smallest effect it finds, the schools it needs
  --pupils <n>                 pupils of a school at baseline
  --icc <share>                intraclass correlation of the outcome
  --schools <n>                in both arms together
  --effect <d>                 in total standard deviations
  --correlation <r>            of baseline and outcome among pupils, 0 unless named
  --school-correlation <r>     of the schools' means, the same unless named; it takes a degree of freedom
  --attrition <share>          of pupils who are not measured again
  --size-variation <cv>        standard deviation of school sizes divided by their mean
  --power <share>              0.8 unless named; --alpha 0.05
  --simulate <trials>          also by simulated trials and the model's own test, 100 or more; --seed 1
  --json                       every number with every digit`

export const power: Command = { name: 'power', usage, run }
