// What the demonstration says: what happened, whether it holds, and where to look next.
import { join, relative } from 'node:path'
import type { EffectReport } from '@tongxing/analysis'
import type { Link } from './staff.ts'
import type { Outcome } from './walk.ts'
import { told } from './words.ts'

export const say = (line: string) => process.stdout.write(`${line}\n`)
const tell = (telling: Parameters<typeof told>[0]) => say(told({ indent: '  ', ...telling }))

const number = (value: number) => value.toFixed(2).replace('-', '−')

type Check = { readonly holds: boolean; readonly what: Parameters<typeof told>[0] }

const effectOf = ({ primary }: EffectReport) => (primary.effect.kind === 'estimated' ? primary.effect : null)

const checksOf = (outcome: Outcome): readonly Check[] => {
  const { pupils, submissions, flags, dataset, truth, report } = outcome
  const effect = effectOf(report)
  const covers = effect !== null && effect.interval.lower <= truth.points && truth.points <= effect.interval.upper
  return [
    {
      holds: submissions === 2 * pupils && dataset.rows === submissions,
      what: { key: 'sheets', with: { stored: submissions, rows: dataset.rows } },
    },
    { holds: dataset.flags === flags, what: { key: 'flags', with: { raised: flags, again: dataset.flags } } },
    { holds: outcome.worked.length === 3, what: { key: 'reviewed', with: { count: outcome.worked.length } } },
    { holds: covers, what: { key: covers ? 'covers' : 'coversNot' } },
  ]
}

const tellEffect = ({ report, truth }: Outcome) => {
  const effect = effectOf(report)
  if (effect === null) tell({ key: 'noEffect' })
  else {
    const { estimate, interval, df, p } = effect
    const numbers = { estimate: number(estimate), lower: number(interval.lower), upper: number(interval.upper) }
    tell({ key: 'effect', with: { ...numbers, df: number(df), p: p.toFixed(3) } })
  }
  tell({ key: 'truth', with: { points: number(truth.points), latent: number(truth.latent) } })
}

/** Prints the outcome; returns how many of its checks failed. */
export const tellOutcome = (outcome: Outcome, root: string, milliseconds: number): number => {
  const { dataset, worked, reportFolder, schools, pupils } = outcome
  const checks = checksOf(outcome)
  say('')
  say(told({ key: 'happened', with: { seconds: (milliseconds / 1000).toFixed(0) } }))
  tell({ key: 'county', with: { schools: schools.length, classes: schools.flatMap((school) => school.classes).length, pupils } })
  tell({ key: 'care', with: { flags: outcome.flags, pupils: outcome.flaggedPupils } })
  for (const { urgency, decision, why } of worked) {
    const said = {
      zh: why['zh-CN'] ?? '',
      en: why.en ?? '',
      urgency,
      decision: decision === 'confirmed' ? '确认' : '排除',
      decided: decision,
    }
    say(told({ key: 'worked', with: said, indent: '    ' }))
  }
  tell({ key: 'evidence', with: { hash: dataset.hash.slice(0, 12), rows: dataset.rows, participants: dataset.participants } })
  tellEffect(outcome)
  say('')
  for (const { holds, what } of checks) say(told({ ...what, indent: `  ${holds ? '✓' : '✗'} ` }))
  say('')
  say(told({ key: 'files' }))
  for (const file of ['manifest.json', 'data.csv', 'codebook.json']) say(`  ${relative(root, join(dataset.folder, file))}`)
  for (const file of ['report.zh-CN.html', 'report.en.html', 'report.json']) say(`  ${relative(root, join(reportFolder, file))}`)
  return checks.filter((check) => !check.holds).length
}

export const tellServer = (address: string, links: readonly Link[], cards: readonly string[]) => {
  say('')
  say(told({ key: 'running', value: address }))
  say(told({ key: 'links' }))
  for (const { displayName, url } of links) say(`  ${displayName.padEnd(12, '　')} ${url}`)
  say(told({ key: 'cards' }))
  for (const card of cards) say(`  ${card}`)
  say(told({ key: 'stop' }))
}
