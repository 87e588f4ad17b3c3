/** How many sessions pupils attend: beta-binomial, and independent of how they feel, so that dose and response are not confounded here. Simulated study, not real data (模拟研究·非真实数据). */
import { parameters } from './parameters.ts'

const shares = (): readonly number[] => {
  const { sessions, attendanceEven, attendanceOdd } = parameters
  const ratios = [1]
  for (let k = 0; k < sessions.value; k += 1) {
    const up = (sessions.value - k) * (k + attendanceEven.value)
    const down = (k + 1) * (sessions.value - k - 1 + attendanceOdd.value)
    ratios.push((ratios[k]! * up) / down)
  }
  const sum = ratios.reduce((total, ratio) => total + ratio, 0)
  return ratios.map((ratio) => ratio / sum)
}

/** Chance of each number of sessions, from 0 to all. */
export const attendance: readonly number[] = shares()
const average = attendance.reduce((sum, share, sessions) => sum + share * sessions, 0)

/** What a pupil gets of the programme: 1 with an average attendance, in proportion to the sessions otherwise. */
export const doseOf = (sessions: number): number => sessions / average
