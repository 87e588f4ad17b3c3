// What must hold before a class is asked, as pure rules: ages that fit, how many flags to expect, how soon the same may be asked again.
import type { Definition } from '@tongxing/instruments'
import { schoolDay } from '../duty/day.ts'
import { ageOn } from '../participants/rules.ts'

type Ages = Pick<Definition, 'ages'>

/** Completed years on the school's day, both ends included: "8 to 12" ends the day before the thirteenth birthday. Of the birth only the month is known here, and it counts from its first day. */
export const fits = ({ ages }: Ages, birthMonth: string, at: Date): boolean => {
  const age = ageOn(birthMonth, new Date(schoolDay(at)))
  return age >= ages.from && (ages.to === null || age <= ages.to)
}

export const agesText = ({ ages }: Ages) => (ages.to === null ? `${ages.from}+` : `${ages.from}–${ages.to}`)

/** Whether a yes to one of its questions is looked at the same day: thoughts of death, suicide, self-harm. */
const asksOfDeath = ({ riskRules }: Pick<Definition, 'riskRules'>) =>
  riskRules.some(({ kind, urgency }) => kind === 'item' && urgency === 'immediate')

export const asksOfRisk = (battery: readonly Pick<Definition, 'riskRules'>[]) => battery.some(({ riskRules }) => riskRules.length > 0)

/** SAF-17: of all who are asked, about so many endorse thoughts of death; a school of 1,500 gets about 75 in one morning. */
const endorsed = 5 // percent

type Asked = { readonly battery: readonly Pick<Definition, 'riskRules'>[]; readonly seats: number }

/** Expected flags of these sessions together; null where no rate is known for what they ask. */
export const expectedFlags = (sessions: readonly Asked[]): number | null => {
  const known = sessions.filter(({ battery }) => battery.some(asksOfDeath))
  if (known.length === 0 && sessions.some(({ battery }) => asksOfRisk(battery))) return null
  return Math.ceil((known.reduce((sum, { seats }) => sum + seats, 0) * endorsed) / 100)
}

/** Most instruments look back two weeks: asked sooner, they count the same days twice, and practice moves the score by itself. */
export const askAgainDays = 14

export const askedBefore = (now: Date) => new Date(now.getTime() - askAgainDays * 86_400_000)
