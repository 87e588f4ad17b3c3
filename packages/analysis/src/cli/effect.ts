import { armComparison, type Pupil } from '../comparison/arm-comparison.ts'
import { checkDistinct, programmesOf } from './arms.ts'
import { BadInput, type Command, namesIn, needed, numberIn, oneOf, parseOptions } from './command.ts'
import { type DataTable, numberColumn, readDataTable, textColumn } from './data-table.ts'
import { effectNotes, effectTables } from './effect-tables.ts'
import { print } from './print.ts'

const usage = `effect --data f.csv --post y [--pre x] --arm a --control <level> [--programme <level>] [--cluster c] [--covariates u,v] [--json]
  compares two arms: every effect named by what divides it, adjusted for the baseline, and with schools counted where they are named
  --post <column>          the outcome after; with 0 and 1 alone, proportions are compared too
  --pre <column>           the same outcome before: changes, d_ppc, and the baseline as a covariate
  --arm <column>           the arms; --control names the level that is the control
  --programme <level>      the other arm; unless it is named, each other arm is compared with the control
  --cluster <column>       the schools: mixed model, CR2, cluster-corrected g
  --covariates <u,v>       further columns of numbers to adjust for
  --bound <points>         asks whether the effect lies within ± so many points (equivalence)
  --reliability <r>        of the outcome: counts reliable changes; with --better lower|higher and --cut-off <score>
  --bootstrap <n>          a BCa interval of d from n resamples of pupils, 100 to 100,000; --seed 1
  --level <share>          of the intervals, 0.95 unless named
  --json                   every number with every digit`

const text = { type: 'string' } as const
const taken = {
  ...{ data: text, post: text, pre: text, arm: text, control: text, programme: text, cluster: text, covariates: text },
  ...{
    bound: text,
    reliability: text,
    better: text,
    'cut-off': text,
    bootstrap: text,
    seed: { ...text, default: '1' },
    level: { ...text, default: '0.95' },
  },
} as const
type Options = ReturnType<typeof parseOptions<typeof taken>>

const positive = (option: string, given: string | undefined): number | null => {
  if (given === undefined) return null
  const value = numberIn(option, given)
  if (!(value > 0)) throw new BadInput(`--${option} takes a number above 0, got ${given}`)
  return value
}
const bootstrapOf = ({ bootstrap, seed }: Options) => {
  if (bootstrap === undefined) return null
  const whole = (option: string, given: string, from: number, to: number) => {
    const value = numberIn(option, given)
    if (!Number.isInteger(value) || value < from || value > to)
      throw new BadInput(`--${option} takes a whole number from ${from} to ${to}, got ${given}`)
    return value
  }
  return { resamples: whole('bootstrap', bootstrap, 100, 100_000), seed: whole('seed', seed, 0, 4_294_967_295) }
}
const share = (option: string, given: string): number => {
  const value = numberIn(option, given)
  if (!(value > 0 && value < 1)) throw new BadInput(`--${option} takes a number between 0 and 1, got ${given}`)
  return value
}

const individualsOf = ({ reliability, better, 'cut-off': cutOff, pre }: Options) => {
  if (reliability === undefined) {
    const alone = better === undefined ? (cutOff === undefined ? null : 'cut-off') : 'better'
    if (alone) throw new BadInput(`--${alone} needs --reliability beside it`)
    return null
  }
  if (pre === undefined || better === undefined) throw new BadInput('--reliability needs --pre and --better beside it')
  const plan = { reliability: share('reliability', reliability), better: oneOf('better', better, ['lower', 'higher']) }
  return cutOff === undefined ? plan : { ...plan, cutOff: numberIn('cut-off', cutOff) }
}

/** The pupils of the two arms with every value present, and how many were left out for a missing one. */
const pupilsIn = (table: DataTable, options: Options, covariates: readonly string[], arm: string, programme: string, control: string) => {
  const cells = textColumn(table, arm)
  const post = numberColumn(table, options.post!)
  const pre = options.pre === undefined ? null : numberColumn(table, options.pre)
  const others = covariates.map((name) => numberColumn(table, name))
  const schools = options.cluster === undefined ? null : textColumn(table, options.cluster)
  const inArms = cells.flatMap((level, row) => (level === programme || level === control ? [row] : []))
  const pupils = inArms.flatMap((row): readonly Pupil[] => {
    const [outcome, before, school] = [post[row]!, pre ? pre[row]! : undefined, schools ? schools[row]! : undefined]
    const values = others.map((column) => column[row]!)
    if (outcome === null || before === null || school === null || values.some((value) => value === null)) return []
    return [{ inProgramme: cells[row] === programme, post: outcome, pre: before ?? null, covariates: values, school: school ?? null }]
  })
  return { pupils, leftOut: inArms.length - pupils.length }
}

const checkSizes = (file: string, arm: string, pupils: readonly Pupil[], programme: string, control: string) => {
  for (const [name, inProgramme] of [
    [programme, true],
    [control, false],
  ] as const)
    if (pupils.filter((pupil) => pupil.inProgramme === inProgramme).length < 2)
      throw new BadInput(`${file}, column ${arm}: ${name} has fewer than two pupils with every value present`)
}

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('effect', args, taken)
  const [data, post] = [needed('effect', 'data', options.data), needed('effect', 'post', options.post)]
  const [arm, control] = [needed('effect', 'arm', options.arm), needed('effect', 'control', options.control)]
  const covariates = options.covariates === undefined ? [] : namesIn('covariates', options.covariates)
  const [individuals, bound, level] = [individualsOf(options), positive('bound', options.bound), share('level', options.level)]
  const bootstrap = bootstrapOf(options)
  const wanted = [post, arm, ...covariates, ...[options.pre, options.cluster].filter((name) => name !== undefined)]
  checkDistinct('effect', wanted)
  const table = await readDataTable(data, wanted)
  const programmes = programmesOf(table, arm, control, options.programme)
  const question = { file: table.file, outcome: post, baseline: options.pre ?? null, arm, control, cluster: options.cluster ?? null }
  const comparisons = programmes.map((programme) => {
    const { pupils, leftOut } = pupilsIn(table, options, covariates, arm, programme, control)
    checkSizes(table.file, arm, pupils, programme, control)
    return { programme, leftOut, ...armComparison(pupils, { names: covariates, bound, individuals, bootstrap, level }) }
  })
  const [first, ...more] = comparisons
  if (more.length === 0 && first)
    return print(options.json, { ...question, ...first }, effectTables(first, { ...question, ...first }), effectNotes(first, first.leftOut))
  if (options.json) return print(true, { ...question, comparisons }, [])
  for (const one of comparisons) {
    console.log(`${one === first ? '' : '\n'}${one.programme} against ${control}\n`)
    print(false, null, effectTables(one, { ...question, ...one }), effectNotes(one, one.leftOut))
  }
}

export const effect: Command = { name: 'effect', usage, run }
