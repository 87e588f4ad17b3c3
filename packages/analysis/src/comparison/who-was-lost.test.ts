import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { cohensD } from '../effects/cohens-d.ts'
import { type FollowedPupil, whoWasLost } from './who-was-lost.ts'

const pupil = (inProgramme: boolean, lost: boolean, baseline: number | null, status: string | null): FollowedPupil => ({
  inProgramme,
  lost,
  baseline,
  groups: { left_behind: status },
})
const pupils = [
  ...[9, 12, 14].map((score) => pupil(true, true, score, 'yes')),
  ...[4, 6, 7, 8].map((score) => pupil(true, false, score, score < 7 ? 'yes' : 'no')),
  pupil(true, false, null, null),
  ...[5, 6].map((score) => pupil(false, true, score, 'no')),
  ...[5, 7, 8, 6].map((score) => pupil(false, false, score, 'no')),
]

test('the baseline of the lost is compared with that of those who stayed, arm by arm', () => {
  const { programme, control, both } = whoWasLost(pupils).baseline!
  expect([programme.lost.mean, programme.stayed.mean, programme.stayed.n]).toEqual([35 / 3, 6.25, 4])
  const difference = estimated(programme.difference)
  expectClose(difference.uncorrected, estimated(cohensD([9, 12, 14], [4, 6, 7, 8])).estimate, 1e-14)
  expect(difference.grade).toBe('not-equivalent')
  expect(estimated(control.difference).estimate).toBeLessThan(0)
  expect([both.lost.n, both.stayed.n]).toEqual([5, 8])
})

test('losses are counted by group, those of unknown group apart', () => {
  const [no, yes] = whoWasLost(pupils).groups
  expect(yes).toMatchObject({ level: 'yes', programme: { lost: 3, n: 5, rate: 0.6 }, control: { lost: 0, n: 0, rate: null } })
  expect(no).toMatchObject({ level: 'no', programme: { lost: 0, n: 2 }, control: { lost: 2, n: 6 } })
  expectClose(estimated(yes!.difference).uncorrected, Math.log((3 * 6) / (2 * 2)) / 1.65, 1e-14)
})

test('without a baseline or a loss nothing is claimed', () => {
  expect(whoWasLost([pupil(true, false, null, null)]).baseline).toBeNull()
  const kept = pupils.map((one) => ({ ...one, lost: false }))
  expect(whoWasLost(kept).baseline!.programme.difference).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})
