import { attritionBoundary } from '../comparison/attrition.ts'
import { shareDifference } from '../comparison/standardised-difference.ts'
import { clusteredG } from '../effects/clustered-g.ts'
import { improvementIndex } from '../effects/improvement-index.ts'
import { BadInput, type Command, numberIn, parseOptions } from './command.ts'
import { print, type Table } from './print.ts'

const usage = `wwc [--g 0.3 [--n 200,200 --schools 20 --icc 0.2]] [--proportions 0.62,0.48 --n 120,115] [--overall 0.15] [--json]
  corrects and reads the figures of someone else's report as the What Works Clearinghouse does, where the rows are not at hand
  --g <effect>             in standard deviations of pupils; with --n of the arms, --schools and --icc it is corrected for schools
  --proportions <a,b>      of the programme and the control arm, with --n: Cox's index
  --overall <share>        lost of both arms: the largest difference between arms that counts as low
  --json                   every number with every digit`

const text = { type: 'string' } as const
const taken = { g: text, n: text, schools: text, icc: text, proportions: text, overall: text } as const

const pairIn = (option: string, given: string, most: number): readonly [number, number] => {
  const [first, second, ...more] = given.split(',').map((word) => numberIn(option, word))
  if (first === undefined || second === undefined || more.length > 0 || Math.min(first, second) < 0 || Math.max(first, second) > most)
    throw new BadInput(`--${option} takes two numbers${most === 1 ? ' from 0 to 1' : ' above 0'} with a comma between, got ${given}`)
  return [first, second]
}
const withN = (option: string, n: string | undefined): readonly [number, number] => {
  if (n === undefined) throw new BadInput(`--${option} needs --n beside it, the pupils of the two arms`)
  return pairIn('n', n, Number.MAX_SAFE_INTEGER)
}
const shareIn = (option: string, given: string): number => {
  const share = numberIn(option, given)
  if (!(share >= 0 && share <= 1)) throw new BadInput(`--${option} takes a share from 0 to 1, got ${given}`)
  return share
}

const ofEffect = ({ g, n, schools, icc }: { readonly [K in keyof typeof taken]?: string | undefined }) => {
  if (g === undefined) return null
  const effect = numberIn('g', g)
  if (schools === undefined && icc === undefined) return { improvementIndex: improvementIndex(effect), clusteredG: null }
  if (schools === undefined || icc === undefined) throw new BadInput('--schools and --icc go together')
  const input = { g: effect, n: withN('schools', n), schools: numberIn('schools', schools), intraclassCorrelation: shareIn('icc', icc) }
  return { improvementIndex: improvementIndex(effect), clusteredG: clusteredG(input) }
}

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('wwc', args, taken)
  const { proportions, overall } = options
  const effect = ofEffect(options)
  if (effect === null && proportions === undefined && overall === undefined)
    throw new BadInput('wwc needs --g, --proportions or --overall; help wwc lists what it takes')
  const shares = proportions === undefined ? null : pairIn('proportions', proportions, 1)
  const counts = shares && withN('proportions', options.n).map((n, arm) => ({ events: n * shares[arm]!, n }))
  const coxIndex = counts && shareDifference(counts[0]!, counts[1]!)
  const boundary = overall === undefined ? null : attritionBoundary(shareIn('overall', overall))
  const rows: Table['rows'] = [
    ...(effect ? [['improvement index, percentile points', effect.improvementIndex]] : []),
    ...(effect?.clusteredG?.kind === 'estimated'
      ? (['estimate', 'standardError', 'gamma', 'df', 'designEffect', 'statistic', 'p'] as const).map((name) => [
          `cluster-corrected g, ${name}`,
          effect.clusteredG?.kind === 'estimated' ? effect.clusteredG[name] : null,
        ])
      : []),
    ...(coxIndex?.kind === 'estimated'
      ? [
          ["Cox's index", coxIndex.uncorrected],
          ["Cox's index, corrected for small samples", coxIndex.estimate],
        ]
      : []),
    ...(overall === undefined
      ? []
      : [
          ['largest low differential attrition, cautious', boundary?.cautious ?? 'none: attrition is high'],
          ['largest low differential attrition, optimistic', boundary?.optimistic ?? 'none: attrition is high'],
        ]),
  ]
  print(options.json, { ...effect, coxIndex, boundary }, [{ title: 'after the What Works Clearinghouse', columns: ['', ''], rows }])
}

export const wwc: Command = { name: 'wwc', usage, run }
