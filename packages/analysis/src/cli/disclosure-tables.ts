/** The readable side of the command disclosure: tables with their notes. */
import type { DisclosureRisk } from '../disclosure/disclosure-risk.ts'
import type { reachK } from '../disclosure/reach-k.ts'
import type { Risk } from '../disclosure/reidentification-risk.ts'
import type { UniqueAnswers } from '../disclosure/unique-answers.ts'
import type { Table } from './print.ts'

type Row = Table['rows'][number]
type Shown = { readonly tables: readonly Table[]; readonly notes: readonly string[] }
type Change = ReturnType<typeof reachK>
type Measured = Omit<DisclosureRisk, 'sizes' | 'populations'>

const classRows = ({ kAnonymity }: Measured): readonly Row[] =>
  kAnonymity.kind === 'not-estimable'
    ? []
    : [
        ['k', kAnonymity.k, null],
        ...kAnonymity.below.map(({ k, records, share }): Row => [`records in classes below ${k}`, records, share]),
        ['population uniques', kAnonymity.populationUniques.records, kAnonymity.populationUniques.share],
        ['population uniques expected', kAnonymity.populationUniques.expected, null],
      ]

const sensitiveRows = ({ lDiversity, tCloseness }: Measured): readonly Row[] => [
  ...(lDiversity?.kind === 'estimated'
    ? [
        ['l, distinct', lDiversity.distinct, null],
        ['l, entropy', lDiversity.entropy, null],
        [`l, recursive with c ${lDiversity.recursive.c}`, lDiversity.recursive.l, null],
      ]
    : []),
  ...(tCloseness?.kind === 'estimated'
    ? [
        ['t, equal distance', tCloseness.equal, null],
        ...(tCloseness.ordered === null ? [] : [['t, ordered distance', tCloseness.ordered, null]]),
      ]
    : []),
]

const riskRow = (name: string, { average, maximum, above }: Risk): Row => [name, average, maximum, ...above.map(({ share }) => share)]

const tablesOf = (title: string, measured: Measured, more: readonly Row[] = []): readonly Table[] => {
  const { reidentification, individual } = measured
  if (reidentification.kind === 'not-estimable') return []
  const risks = [
    riskRow('prosecutor', reidentification.prosecutor),
    riskRow('journalist', reidentification.journalist),
    ...(individual?.kind === 'estimated' ? [riskRow('individual (Benedetti-Franconi)', individual)] : []),
    ['marketer, in the sample', reidentification.marketer.sample],
    ['marketer, in the population', reidentification.marketer.population],
  ]
  return [
    { title, columns: ['', 'value', 'share'], rows: [...classRows(measured), ...sensitiveRows(measured), ...more] },
    { title: 'Risk of being recognised', columns: ['', 'average', 'maximum', 'above 0.2', 'above 0.1', 'above 0.05'], rows: risks },
  ]
}

export const riskTables = (measured: Measured, unique: UniqueAnswers | null): Shown => ({
  tables: tablesOf('The table as given', measured, unique ? [['unique answer vectors', unique.unique, unique.share]] : []),
  notes: [
    'A missing cell matches any value, so a class may be larger than what an outsider would take for it.',
    ...(measured.individual?.kind === 'estimated' && measured.individual.warnings.length > 0
      ? ['The weights of some class sum to less than its records; its population was taken as its records.']
      : []),
  ],
})

const whyNot = (change: Exclude<Change, { readonly kind: 'reached' }>): string =>
  change.kind === 'impossible' && change.reason === 'too-many-rare-records'
    ? `at least ${change.rare} records stay in smaller classes, ${change.allowed} may`
    : 'there are fewer records than that'

export const afterTables = (quasi: readonly string[], change: Change, after: Measured | null): Shown => {
  if (change.kind !== 'reached') return { tables: [], notes: [`The k that was asked for cannot be reached: ${whyNot(change)}.`] }
  const { levels, suppressed, asked, k, loss } = change
  const rows = quasi.map((name, column): Row => [name, levels[column], suppressed.byColumn[column]])
  const done = { title: `What was done for k ${asked}`, columns: ['column', 'level', 'cells taken out'], rows }
  const sentence = `k is ${k} after it; ${suppressed.cells} cells of ${suppressed.records} records were taken out, the loss is ${loss.toPrecision(3)} (0 none, 1 all).`
  return { tables: [done, ...(after ? tablesOf('The table after it', after) : [])], notes: [sentence] }
}
