import { type BaselineBalance, baselineBalance } from '../comparison/baseline-balance.ts'
import { type SchoolBalance, schoolBalance } from '../comparison/school-balance.ts'
import { wordsIn } from '../report/words.ts'
import { armNotes, checkDistinct, covariateOf, programmesOf, rowsOfArms, rowsWithoutArm } from './arms.ts'
import { BadInput, type Command, namesIn, needed, parseOptions } from './command.ts'
import { cellAt, readDataTable, textColumn } from './data-table.ts'
import { print, type Table } from './print.ts'

const usage = `baseline --data f.csv --arm a --control <level> --covariates u,v [--programme <level>] [--cluster c] [--post y] [--json]
  how alike two arms are before: standardised differences with the grades of the What Works Clearinghouse, and no p-values
  --arm <column>           the arms; --control names the level that is the control, --programme the other where there are several
  --covariates <u,v>       what was measured before; words are groups, each level against the rest
  --factors <v>            covariates of numbers that name groups; a column of two numbers is one anyhow
  --cluster <column>       the schools: their number, their sizes and the spread of their means are told too
  --post <column>          grades the pupils who have this outcome; unless it is named, all who were allocated
  --json                   every number with every digit`

const text = { type: 'string' } as const
const taken = {
  data: text,
  arm: text,
  control: text,
  programme: text,
  covariates: text,
  factors: text,
  cluster: text,
  post: text,
} as const

const gradeWords = {
  equivalent: 'equivalent (up to .05)',
  adjust: 'equivalent if adjusted for (.05 to .25)',
  'not-equivalent': 'not equivalent (above .25)',
}
const named = (name: string, level: string | null) => (level === null ? name : `${name} = ${level}`)

const pupilTable = (programme: string, control: string, { rows, n }: BaselineBalance): Table => ({
  title: `pupils at baseline, ${programme} (${n.programme}) against ${control} (${n.control})`,
  columns: ['', `mean ${programme}`, 'SD', 'missing', `mean ${control}`, 'SD', 'missing', 'difference in SD', 'by', 'grade'],
  rows: rows.map(({ name, level, programme: first, control: second, difference }) => [
    named(name, level),
    ...[first, second].flatMap((arm) => [arm.mean, arm.standardDeviation, arm.missing]),
    ...(difference.kind === 'estimated'
      ? [difference.estimate, difference.method === 'cox-index' ? "Cox's index" : "Hedges' g", gradeWords[difference.grade]]
      : [null, '', wordsIn('en').reasons[difference.reason]]),
  ]),
})

const schoolTable = (programme: string, control: string, { sizes, rows }: SchoolBalance): Table => ({
  title: `schools at baseline, ${programme} (${sizes.programme.n}) against ${control} (${sizes.control.n})`,
  columns: ['', `mean ${programme}`, 'SD', `mean ${control}`, 'SD'],
  rows: [
    ['pupils of a school', sizes.programme, sizes.control] as const,
    ...rows.map((row) => [`school mean of ${named(row.name, row.level)}`, row.programme, row.control] as const),
  ].map(([name, first, second]) => [name, first.mean, first.standardDeviation, second.mean, second.standardDeviation]),
})

const notesOf = ({ rows }: BaselineBalance): readonly string[] =>
  rows.some(({ difference }) => difference.kind === 'estimated' && difference.warnings.length > 0)
    ? ["Where an arm has nobody or everybody in a level, Cox's index was taken with half a pupil added to each count."]
    : []

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('baseline', args, taken)
  const [data, arm] = [needed('baseline', 'data', options.data), needed('baseline', 'arm', options.arm)]
  const control = needed('baseline', 'control', options.control)
  const covariates = namesIn('covariates', needed('baseline', 'covariates', options.covariates))
  const factors = options.factors === undefined ? [] : namesIn('factors', options.factors)
  const stray = factors.find((name) => !covariates.includes(name))
  if (stray !== undefined) throw new BadInput(`--factors names ${stray}, which is not among --covariates`)
  const { cluster, post } = options
  const wanted = [arm, ...covariates, ...[cluster, post].filter((name) => name !== undefined)]
  checkDistinct('baseline', wanted)
  const table = await readDataTable(data, wanted)
  const outcome = post === undefined ? null : textColumn(table, post)
  const comparisons = programmesOf(table, arm, control, options.programme).map((programme) => {
    const of = rowsOfArms(table, arm, programme, control)
    const kept = of.rows.flatMap((row, place) => (outcome === null || outcome[row] !== null ? [place] : []))
    const [rows, inProgramme] = [kept.map((place) => of.rows[place]!), kept.map((place) => of.inProgramme[place]!)]
    if (new Set(inProgramme).size < 2) throw new BadInput(`${table.file}, column ${arm}: an arm has no pupil with a value of ${post}`)
    const columns = covariates.map((name) => covariateOf(table, name, factors, rows))
    const schools = cluster === undefined ? null : textColumn(table, cluster)
    const unnamed = schools === null ? undefined : rows.find((row) => schools[row] === null)
    if (unnamed !== undefined) throw new BadInput(`${cellAt(table, unnamed, cluster!)}: is missing; every pupil has a school`)
    const balance = baselineBalance(inProgramme, columns)
    return {
      programme,
      leftOut: of.rows.length - kept.length,
      ...balance,
      schools:
        schools &&
        schoolBalance(
          inProgramme,
          rows.map((row) => schools[row]!),
          columns,
        ),
    }
  })
  const question = {
    file: table.file,
    arm,
    control,
    cluster: cluster ?? null,
    analysedBy: post ?? null,
    withoutArm: rowsWithoutArm(table, arm),
  }
  const [first, ...more] = comparisons
  if (options.json) return print(true, more.length === 0 ? { ...question, ...first } : { ...question, comparisons }, [])
  for (const one of comparisons) {
    const tables = [pupilTable(one.programme, control, one), ...(one.schools ? [schoolTable(one.programme, control, one.schools)] : [])]
    if (one !== first) console.log('')
    print(false, null, tables, [...notesOf(one), ...armNotes(question.withoutArm)])
  }
}

export const baseline: Command = { name: 'baseline', usage, run }
