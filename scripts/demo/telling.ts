// What the demonstration says: what happened, whether it holds, and where to look next.
import { join, relative } from 'node:path'
import type { EffectReport } from '@tongxing/analysis'
import type { Link } from './staff.ts'
import type { Outcome } from './walk.ts'

export const say = (line: string) => process.stdout.write(`${line}\n`)

const number = (value: number) => value.toFixed(2).replace('-', '−')

type Check = { readonly holds: boolean; readonly what: string }

const effectOf = ({ primary }: EffectReport) => (primary.effect.kind === 'estimated' ? primary.effect : null)

const checksOf = (outcome: Outcome): readonly Check[] => {
  const { pupils, submissions, flags, dataset, truth, report } = outcome
  const effect = effectOf(report)
  const covers = effect !== null && effect.interval.lower <= truth.points && truth.points <= effect.interval.upper
  return [
    {
      holds: submissions === 2 * pupils && dataset.rows === submissions,
      what: `${submissions} sheets acknowledged, ${dataset.rows} in the dataset`,
    },
    { holds: dataset.flags === flags, what: `${flags} flags raised, ${dataset.flags} computed again from the dataset and its codebook` },
    { holds: outcome.worked.length === 3, what: `${outcome.worked.length} flags reviewed by the counsellor` },
    { holds: covers, what: covers ? 'the interval covers the true effect' : 'the interval does not cover the true effect' },
  ]
}

/** Prints the outcome; returns how many of its checks failed. */
export const tellOutcome = (outcome: Outcome, root: string, milliseconds: number): number => {
  const { dataset, worked, truth, report, reportFolder } = outcome
  const effect = effectOf(report)
  const checks = checksOf(outcome)
  say('')
  say(`What happened, in ${(milliseconds / 1000).toFixed(0)} s`)
  say(
    `  county      ${outcome.schools.length} schools, ${outcome.schools.flatMap((school) => school.classes).length} classes, ${outcome.pupils} pupils, two waves of PHQ-9, GAD-7, RSES and K6 in zh-CN`,
  )
  say(`  care        ${outcome.flags} flags for ${outcome.flaggedPupils} pupils; three worked by the counsellor:`)
  for (const { urgency, decision, reason } of worked) say(`              ${urgency.padEnd(9)} ${decision.padEnd(9)} ${reason}`)
  say(`  evidence    dataset ${dataset.hash.slice(0, 12)}…: ${dataset.rows} rows, ${dataset.participants} participants, no name in it`)
  if (effect) {
    const { lower, upper } = effect.interval
    say(`  effect      ${number(effect.estimate)} points on the PHQ-9 total, 95% interval ${number(lower)} to ${number(upper)}`)
    say(
      `              (mixed model, Kenward-Roger, ${number(effect.df)} df, p = ${effect.p.toFixed(3)}; negative: fewer symptoms in the programme)`,
    )
  } else say('  effect      could not be estimated, see the report')
  say(
    `  truth       ${number(truth.points)} points: what the simulator put in (${number(truth.latent)} standard deviations of latent distress)`,
  )
  say('')
  for (const { holds, what } of checks) say(`  ${holds ? '✓' : '✗'} ${what}`)
  say('')
  say('Files written (simulated data, 演示数据)')
  for (const file of ['manifest.json', 'data.csv', 'codebook.json']) say(`  ${relative(root, join(dataset.folder, file))}`)
  for (const file of ['report.zh-CN.html', 'report.en.html', 'report.json']) say(`  ${relative(root, join(reportFolder, file))}`)
  return checks.filter((check) => !check.holds).length
}

export const tellServer = (address: string, links: readonly Link[], cards: readonly string[]) => {
  say('')
  say(`The server is running: ${address}`)
  say('One-time sign-in links (each works once):')
  for (const { displayName, url } of links) say(`  ${displayName.padEnd(12, '　')} ${url}`)
  say('Seat cards of an open session in one more class (七年级9班); be a pupil:')
  for (const card of cards) say(`  ${card}`)
  say('Ctrl-C stops it; its data stay in the folder above until you delete it.')
}
