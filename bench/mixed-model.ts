// The primary model from rows and from per-school sums: how much of the time is scanning, and how it grows with schools.
import { seededRandom } from '@tongxing/instruments'
import { randomIntercept } from '../packages/analysis/src/models/random-intercept.ts'
import { type ModelRow, schoolSums } from '../packages/analysis/src/models/school-sums.ts'
import { milliseconds, type Say, timed, times } from './timing.ts'

const pupilsOf = (schools: number, each: number): readonly ModelRow[] => {
  const random = seededRandom(1)
  const noise = () => random() + random() + random() + random() - 2
  return Array.from({ length: schools }, (_, school) => {
    const [level, size] = [noise() * 0.4, each + (school % 21) - 10]
    return Array.from({ length: size }, () => {
      const baseline = 8 + 4 * noise()
      return { school: `S${school}`, values: [school % 2, baseline, 3 + 0.6 * baseline - 0.8 * (school % 2) + level + 3 * noise()] }
    })
  }).flat()
}

export const mixedModel = async (say: Say) => {
  for (const schools of [100, 1000]) {
    const rows = pupilsOf(schools, 100)
    const sums = schoolSums(rows)
    const scan = timed(() => schoolSums(rows))
    const fit = timed(() => randomIntercept(sums, ['arm', 'baseline']))
    say(
      `${rows.length} pupils in ${schools} schools: sums ${milliseconds(scan)}, REML with Kenward-Roger from the sums ${milliseconds(fit)}`,
    )
    say(`  scanning the rows takes ${times(scan, fit)} the time of the fit`)
  }
}
