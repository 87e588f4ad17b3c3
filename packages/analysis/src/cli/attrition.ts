import { type Attrition, attrition as graded } from '../comparison/attrition.ts'
import { type FollowedPupil, type WhoWasLost, whoWasLost } from '../comparison/who-was-lost.ts'
import { wordsIn } from '../report/words.ts'
import type { NotEstimable } from '../result.ts'
import { armNotes, checkDistinct, programmesOf, rowsOfArms, rowsWithoutArm } from './arms.ts'
import { BadInput, type Command, namesIn, needed, parseOptions } from './command.ts'
import { cellAt, type DataTable, numberColumn, readDataTable, textColumn } from './data-table.ts'
import { print, type Table } from './print.ts'

const usage = `attrition --data f.csv --arm a --control <level> --post y [--programme <level>] [--pre x] [--by u,v] [--cluster c] [--json]
  how many were lost of each arm against the boundary of the What Works Clearinghouse, and who they were
  --data <file>            one row for every pupil who was allocated
  --arm <column>           the arms; --control names the level that is the control, --programme the other where there are several
  --post <column>          whoever has no value here is lost
  --pre <column>           the baseline of the lost is compared with that of those who stayed
  --by <u,v>               groups whose losses are told, such as left-behind status
  --cluster <column>       the schools: those lost whole, and the pupils lost of schools that stayed
  --json                   every number with every digit`

const text = { type: 'string' } as const
const taken = { data: text, arm: text, control: text, programme: text, post: text, pre: text, by: text, cluster: text } as const
type Options = ReturnType<typeof parseOptions<typeof taken>>
type Counted = { readonly inProgramme: boolean; readonly lost: boolean }

const gradeWords = {
  'low-cautious': 'low, also under the cautious assumption',
  'low-optimistic': 'low only under the optimistic assumption',
  high: 'high',
}

const gradeIn = (units: readonly Counted[]) => {
  const followed = (arm: boolean) => {
    const own = units.filter(({ inProgramme }) => inProgramme === arm)
    return { allocated: own.length, analysed: own.filter(({ lost }) => !lost).length }
  }
  return graded({ programme: followed(true), control: followed(false) })
}

/** Schools of which nobody is left, and what the others lost. A school stands in an arm by its pupils. */
const bySchool = (pupils: readonly (Counted & { readonly school: string })[]) => {
  const schools = [...Map.groupBy(pupils, ({ school, inProgramme }) => JSON.stringify([inProgramme, school])).values()]
  const units = schools.map((members) => ({ inProgramme: members[0]!.inProgramme, lost: members.every(({ lost }) => lost) }))
  return { schools: gradeIn(units), pupilsOfSchoolsThatStayed: gradeIn(schools.filter((_, place) => !units[place]!.lost).flat()) }
}

const pupilsIn = (table: DataTable, options: Options, by: readonly string[], programme: string, control: string) => {
  const { rows, inProgramme } = rowsOfArms(table, options.arm!, programme, control)
  const post = numberColumn(table, options.post!)
  const pre = options.pre === undefined ? null : numberColumn(table, options.pre)
  const schools = options.cluster === undefined ? null : textColumn(table, options.cluster)
  const groups = by.map((name) => textColumn(table, name))
  return rows.map((row, place): FollowedPupil & { readonly school: string } => {
    if (schools && schools[row] === null)
      throw new BadInput(`${cellAt(table, row, options.cluster!)}: is missing; every pupil has a school`)
    return {
      inProgramme: inProgramme[place]!,
      lost: post[row] === null,
      baseline: pre ? pre[row]! : null,
      groups: Object.fromEntries(by.map((name, k) => [name, groups[k]![row]!])),
      school: schools?.[row] ?? '',
    }
  })
}

type Row = Table['rows'][number]
const percent = (share: number | null) => (share === null ? null : 100 * share)
const rowOf = (name: string, found: Attrition | NotEstimable): Row =>
  found.kind === 'not-estimable'
    ? [name, null, null, null, null, null, null, wordsIn('en').reasons[found.reason]]
    : [
        name,
        ...[found.programme.rate, found.control.rate, found.overall, found.differential].map(percent),
        percent(found.boundary?.cautious ?? null),
        percent(found.boundary?.optimistic ?? null),
        gradeWords[found.grade],
      ]

const lostTables = ({ baseline, groups }: WhoWasLost): readonly Table[] => [
  ...(baseline
    ? [
        {
          title: 'baseline of the lost against that of those who stayed',
          columns: ['', 'lost', 'mean', 'SD', 'stayed', 'mean', 'SD', 'difference in SD'],
          rows: (['programme', 'control', 'both'] as const).map((arm): Row => {
            const { lost, stayed, difference } = baseline[arm]
            const described = [lost, stayed].flatMap(({ n, mean, standardDeviation }) => [n, mean, standardDeviation])
            return [arm, ...described, difference.kind === 'estimated' ? difference.estimate : null]
          }),
        },
      ]
    : []),
  ...(groups.length > 0
    ? [
        {
          title: 'lost by group, in per cent',
          columns: ['', 'programme', 'of', 'control', 'of', "against the others (Cox's index)"],
          rows: groups.map(
            ({ name, level, programme, control, difference }): Row => [
              `${name} = ${level}`,
              ...[programme, control].flatMap(({ rate, n }) => [percent(rate), n]),
              difference.kind === 'estimated' ? difference.estimate : null,
            ],
          ),
        },
      ]
    : []),
]

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('attrition', args, taken)
  const [data, arm] = [needed('attrition', 'data', options.data), needed('attrition', 'arm', options.arm)]
  const [control, post] = [needed('attrition', 'control', options.control), needed('attrition', 'post', options.post)]
  const by = options.by === undefined ? [] : namesIn('by', options.by)
  const wanted = [arm, post, ...by, ...[options.pre, options.cluster].filter((name) => name !== undefined)]
  checkDistinct('attrition', wanted)
  const table = await readDataTable(data, wanted)
  const comparisons = programmesOf(table, arm, control, options.programme).map((programme) => {
    const pupils = pupilsIn(table, options, by, programme, control)
    const schools = options.cluster === undefined ? null : bySchool(pupils)
    return { programme, pupils: gradeIn(pupils), ...schools, whoWasLost: whoWasLost(pupils) }
  })
  const question = {
    file: table.file,
    arm,
    control,
    post,
    pre: options.pre ?? null,
    cluster: options.cluster ?? null,
    withoutArm: rowsWithoutArm(table, arm),
  }
  const [first, ...more] = comparisons
  if (options.json) return print(true, more.length === 0 ? { ...question, ...first } : { ...question, comparisons }, [])
  for (const one of comparisons) {
    const rows = [
      rowOf('pupils', one.pupils),
      ...('schools' in one && one.schools ? [rowOf('schools, lost whole', one.schools)] : []),
      ...('pupilsOfSchoolsThatStayed' in one && one.pupilsOfSchoolsThatStayed
        ? [rowOf('pupils of schools that stayed', one.pupilsOfSchoolsThatStayed)]
        : []),
    ]
    const title = `lost of ${one.programme} and of ${control}, in per cent`
    const columns = ['', 'programme', 'control', 'overall', 'differential', 'cautious limit', 'optimistic limit', 'attrition is']
    if (one !== first) console.log('')
    print(false, null, [{ title, columns, rows }, ...lostTables(one.whoWasLost)], armNotes(question.withoutArm))
  }
}

export const attrition: Command = { name: 'attrition', usage, run }
