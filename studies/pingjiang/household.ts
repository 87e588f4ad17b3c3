/**
 * What a pupil says of who is away and who looks after her: the left-behind sheet, made from whether a parent has been away for half a
 * year. Simulated study, not real data (模拟研究·非真实数据). All shares are our judgement; no source gives them for this sheet.
 */
import { type Answer, type Answers, type Definition, isAsked, valuesOf } from '@tongxing/instruments'
import { isLeftBehind, situationFromAnswers } from '@tongxing/instruments/left-behind'
import { leftBehindDefinitions } from '@tongxing/instruments/left-behind-definitions'
import { parameters } from './parameters.ts'
import { placeIn, type Random } from './random.ts'

/** Half a year or longer, either parent: the definition common in studies, and the one of the column left_behind. */
const halfYear = leftBehindDefinitions.find(({ id }) => id === 'half-year')!

type Shares = readonly number[]
const away: Shares = [0, 0.45, 0.4, 0.15] // nobody, father, both, mother
const notLongAway: Shares = [0.85, 0.08, 0.03, 0.04]
const long: Shares = [0, 0, 0, 0.3, 0.4, 0.3] // half a year, a year, three years
const notAway: Shares = [1, 0, 0, 0, 0, 0]
const short: Shares = [0, 0.6, 0.4, 0, 0, 0]
const carers: Readonly<Record<'someone' | 'nobody', Shares>> = {
  someone: [0.25, 0.55, 0.08, 0.02, 0.07, 0.02, 0.01],
  nobody: [0.9, 0.08, 0.01, 0, 0.01, 0, 0],
}

const sharesOf = (leftBehind: boolean, who: number): Readonly<Record<string, Shares>> => {
  const since = leftBehind ? long : short
  const contact: Shares = [0.3, 0.45, 0.15, 0.08, 0.02]
  const met: Shares = leftBehind ? [0.15, 0.35, 0.4, 0.1] : [0.5, 0.35, 0.15, 0]
  return {
    leftbehind_2: who === 1 || who === 2 ? since : notAway,
    leftbehind_3: who === 2 || who === 3 ? since : notAway,
    leftbehind_4: contact,
    leftbehind_5: contact,
    leftbehind_6: met,
    leftbehind_7: met,
    leftbehind_8: carers[who === 0 ? 'nobody' : 'someone'],
    leftbehind_9: who === 0 ? [0.97, 0.025, 0.005] : [0.93, 0.06, 0.01],
  }
}

/** One sheet. Who skips the first question leaves open which parent is away, and is asked both. */
export const householdAnswers = (definition: Definition, leftBehind: boolean, random: Random): Answers => {
  const who = placeIn(leftBehind ? away : notLongAway, random())
  const shares = { leftbehind_1: [0, 1, 2, 3].map((place) => Number(place === who)), ...sharesOf(leftBehind, who) }
  const answers: Record<string, Answer> = {}
  for (const { id } of definition.items) {
    const [isSkipped, at] = [random() < parameters.skipped.value, random()]
    const value = valuesOf(definition, id)[placeIn(shares[id as keyof typeof shares], at)]!
    answers[id] = !isAsked(definition, answers, id) ? 'not_shown' : isSkipped ? 'skipped' : value
  }
  return answers
}

/** Whether the sheet says so; null where it does not decide. */
export const saysLeftBehind = (answers: Answers, age: number): boolean | null => isLeftBehind(halfYear, situationFromAnswers(answers, age))
