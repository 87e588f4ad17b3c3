import { describe } from '../describe.ts'
import { factorOf } from '../formula/factor.ts'
import { type WaveContrasts, type WaveRow, waveContrasts } from '../models/waves.ts'
import { BadInput, type Command, namesIn, needed, parseOptions } from './command.ts'
import { numberColumn, readDataTable, textColumn } from './data-table.ts'
import { singularNote } from './nested-lmm.ts'
import { print, type Table } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

const text = { type: 'string' } as const
const asked = {
  data: text,
  score: text,
  school: text,
  pupil: text,
  arm: text,
  wave: text,
  control: text,
  waves: text,
  baseline: text,
} as const
type Columns = Readonly<Record<'score' | 'school' | 'pupil' | 'arm' | 'wave', string>> & { readonly baseline: string | undefined }

/** One row for each row of the table that says whose it is; `unnamed` counts the others. */
const readRows = async (data: string, columns: Columns) => {
  const { score, school, pupil, arm, wave, baseline } = columns
  const table = await readDataTable(data, [score, school, pupil, arm, wave, ...(baseline === undefined ? [] : [baseline])])
  const [scores, before] = [numberColumn(table, score), baseline === undefined ? null : numberColumn(table, baseline)]
  const names = [school, pupil, arm, wave].map((name) => textColumn(table, name))
  const rows = scores.flatMap((own, row): readonly WaveRow[] => {
    const [ofSchool, ofPupil, ofArm, ofWave] = names.map((cells) => cells[row] ?? null)
    if (!ofSchool || !ofPupil || !ofArm || !ofWave) return []
    return [
      { school: ofSchool, pupil: ofPupil, arm: ofArm, wave: ofWave, score: own, ...(before ? { baseline: before[row] ?? null } : {}) },
    ]
  })
  const seen = new Map<string, number>()
  for (const row of rows) {
    const key = JSON.stringify([row.school, row.pupil, row.wave])
    if (seen.has(key)) throw new BadInput(`${table.file}: pupil ${row.pupil} of ${row.school} has two rows of wave ${row.wave}`)
    seen.set(key, 1)
  }
  return { file: table.file, rows, unnamed: scores.length - rows.length }
}

/** Whether what was named is there. */
const checkNames = (file: string, rows: readonly WaveRow[], option: string, column: 'arm' | 'wave', names: readonly string[]) => {
  const found = [...new Set(rows.map((row) => row[column]))]
  const absent = names.find((name) => !found.includes(name))
  if (absent !== undefined) throw new BadInput(`${file} has no ${column} ${absent} for --${option}, there are ${found.join(', ')}`)
}

const observed = (rows: readonly WaveRow[], waves: readonly string[]): Table => {
  const arms = [...new Set(rows.map(({ arm }) => arm))]
  return {
    title: 'observed scores',
    columns: ['wave', 'arm', 'n', 'mean', 'SD'],
    rows: waves.flatMap((wave) =>
      arms.map((arm) => {
        const scores = rows.flatMap((row) => (row.wave === wave && row.arm === arm && row.score !== null ? [row.score] : []))
        const { n, mean, standardDeviation } = describe(scores)
        return [wave, arm, n, mean, standardDeviation]
      }),
    ),
  }
}

const tables = (fit: WaveContrasts): readonly Table[] => {
  const { firstWave, control, adjustedForBaseline, contrasts, joint, varianceComponents: variances } = fit
  const what = adjustedForBaseline ? 'difference at each wave, adjusted for the baseline,' : `difference in change since ${firstWave}`
  return [
    {
      title: `${what} against ${control} by REML (${fit.n} rows, ${fit.pupils} pupils, ${fit.schools} schools), df after Kenward and Roger`,
      columns: ['wave', 'arm', 'estimate', 'SE', 'df', 't', 'p', 'lower', 'upper'],
      rows: contrasts.map(({ wave, arm, kenwardRoger: { estimate, standardError, df, statistic, p, interval } }) => [
        ...[wave, arm, estimate, standardError, df, statistic, p, interval.lower, interval.upper],
      ]),
    },
    ...(joint
      ? [
          {
            title: 'all of them together',
            columns: ['F', 'df', 'df within', 'p'],
            rows: [[joint.statistic, joint.dfNumerator, joint.dfDenominator, joint.p]],
          },
        ]
      : []),
    {
      title: 'variances',
      columns: ['school', 'school at a wave', 'pupil', 'residual', 'logLik'],
      rows: [[variances.school, variances.schoolWave, variances.pupil, variances.residual, fit.logLik]],
    },
  ]
}

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('waves', args, asked)
  const of = (name: Exclude<keyof typeof asked, 'waves' | 'baseline'>) => needed('waves', name, options[name])
  const columns = {
    score: of('score'),
    school: of('school'),
    pupil: of('pupil'),
    arm: of('arm'),
    wave: of('wave'),
    baseline: options.baseline,
  }
  const control = of('control')
  const { file, rows, unnamed } = await readRows(of('data'), columns)
  if (rows.length === 0) throw new BadInput(`${file} has no row that names a school, a pupil, an arm and a wave`)
  const waves =
    options.waves === undefined
      ? factorOf(
          rows.map(({ wave }) => wave),
          null,
        ).levels
      : namesIn('waves', options.waves)
  checkNames(file, rows, 'control', 'arm', [control])
  checkNames(file, rows, 'waves', 'wave', waves)
  if (waves.length < 2) throw new BadInput(`${file}: at least two waves are compared, there is ${waves[0]} alone`)
  const fit = waveContrasts(rows, { waves, control })
  if (fit.kind === 'not-estimable') throw new BadInput(`${file}: ${unanswered(fit.reason)}`)
  print(
    options.json,
    { waves, unnamedRows: unnamed, ...fit },
    [...tables(fit), observed(rows, waves)],
    [
      ...(unnamed > 0 ? [`${unnamed} rows without a school, a pupil, an arm or a wave were left out.`] : []),
      ...modelNotes(
        fit.warnings.filter((warning) => warning !== 'singular-fit'),
        fit.missing,
      ),
      ...(fit.warnings.includes('singular-fit') ? [singularNote] : []),
    ],
  )
}

const usage = `waves --data f.csv --score y --wave wave --arm arm --control <level> --school school --pupil id [--json]
  compares the arms of a trial allocated by school over two and more waves: one row for each pupil and wave
  --score <column>          the outcome; empty cells and NA are missing, a pupil counts with the waves that are there
  --wave, --arm <column>    which wave, which arm
  --school, --pupil <column> who: ids of pupils are unique within a school
  --control <level>         the arm the others are compared with
  --waves <a,b,c>           the waves in order, the first being what change is counted from; by name unless given
  --baseline <column>       a covariate in place of a first wave: then the arms are compared at each wave
  --json                    every number with every digit, and Satterthwaite's test beside Kenward-Roger's
  The model has random effects of schools, of schools at each wave, and of pupils.`

export const waves: Command = { name: 'waves', usage, run }
