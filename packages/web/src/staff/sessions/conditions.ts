// What must hold before a class is asked, as lines to be read: each in words, with what to do about it.
import type { Say } from '../shell/speech.tsx'
import type { OnDuty, Opening } from '../wire.ts'

export type Standing = 'met' | 'unmet' | 'asking' | 'noted'
export type Line = {
  readonly id: string
  readonly standing: Standing
  readonly words: readonly string[]
  /** What can be done here and now. */
  readonly remedy?: 'call' | 'rota' | 'left-out' | 'reload'
  readonly confirm?: Opening['confirm'][number]
}

type Heard = { readonly say: Say; readonly pageIsOld: boolean }

const onDuty = (opening: Opening, role: 'owner' | 'deputy', { say }: Heard): Line => {
  const one: OnDuty | null = opening.duty[role]
  const [named, missing] = role === 'owner' ? (['ready.owner', 'ready.noOwner'] as const) : (['ready.deputy', 'ready.noDeputy'] as const)
  if (!one) return { id: role, standing: 'unmet', words: [say(missing), say('ready.askRota')], remedy: 'rota' }
  const who = say(named, { name: one.displayName })
  if (one.proven) return { id: role, standing: 'met', words: [who] }
  return { id: role, standing: 'unmet', words: [who, say(one.waitingSince ? 'ready.called' : 'ready.silent')], remedy: 'call' }
}

/** One call reaches both. */
const calledOnce = (lines: readonly Line[]): readonly Line[] =>
  lines.map(({ remedy, ...line }, place) => ({
    ...line,
    ...(remedy && lines.findIndex((one) => one.remedy === remedy) === place && { remedy }),
  }))

type Outside = Opening['outside'][number]

/** Instruments of the same ages in one sentence. */
const together = (outside: readonly Outside[]): readonly Outside[] => {
  const lines = new Map<string, Outside>()
  for (const one of outside) {
    const key = `${one.ages} ${one.pupils} ${one.seated}`
    const known = lines.get(key)
    lines.set(key, known ? { ...known, instrument: `${known.instrument}, ${one.instrument}` } : one)
  }
  return [...lines.values()]
}

const agesOf = (opening: Opening, { say }: Heard): readonly Line[] => {
  const outside = together(opening.outside)
  const wrong = outside.filter(({ seated }) => seated > 0)
  const without = outside.filter(({ pupils, seated }) => pupils > seated)
  const seats: Line =
    wrong.length === 0
      ? { id: 'ages', standing: 'met', words: [say('ready.ages')] }
      : { id: 'ages', standing: 'unmet', words: wrong.map((one) => say('ready.agesWrong', one)), remedy: 'left-out' }
  if (without.length === 0) return [seats]
  const words = without.map((one) => say('ready.leftOut', { ...one, pupils: one.pupils - one.seated }))
  return [seats, { id: 'left-out', standing: 'noted', words, remedy: 'left-out' }]
}

const loadOf = ({ load, confirm }: Opening, { say }: Heard): Line => {
  const { expected, expectedToday, perDay, stated } = load
  const sum =
    expected === null || expectedToday === null
      ? say('ready.loadUnknown', { perDay })
      : say('ready.load', { expected, today: expectedToday, perDay })
  const words = [stated ? sum : `${sum}${say('ready.loadDefault')}`]
  if (confirm.indexOf('capacity') < 0) return { id: 'load', standing: 'noted', words }
  return { id: 'load', standing: 'asking', words: [...words, say('ready.loadWhy')], confirm: 'capacity' }
}

const againOf = ({ again }: Opening, { say }: Heard): Line =>
  again.instruments.length === 0
    ? { id: 'again', standing: 'met', words: [say('ready.again', { days: again.days })] }
    : {
        id: 'again',
        standing: 'asking',
        words: again.instruments.map((one) => say('ready.askedAgain', { ...one, days: again.days })),
        confirm: 'again',
      }

export const linesOf = (opening: Opening, heard: Heard): readonly Line[] => {
  const { say, pageIsOld } = heard
  const { unlicensed, risk } = opening
  const licence: Line =
    unlicensed.length === 0
      ? { id: 'licence', standing: 'met', words: [say('ready.licence')] }
      : { id: 'licence', standing: 'unmet', words: [say('ready.unlicensed', { instruments: unlicensed.join(', ') })] }
  const duty: readonly Line[] = risk
    ? calledOnce([onDuty(opening, 'owner', heard), onDuty(opening, 'deputy', heard)])
    : [{ id: 'duty', standing: 'met', words: [say('ready.noRisk')] }]
  const old: readonly Line[] = pageIsOld ? [{ id: 'page', standing: 'unmet', words: [say('ready.old')], remedy: 'reload' }] : []
  return [...old, licence, ...agesOf(opening, heard), ...duty, ...(risk ? [loadOf(opening, heard)] : []), againOf(opening, heard)]
}

/** How many conditions still stand in the way: not met, or not confirmed yet. */
export const openLines = (lines: readonly Line[], confirmed: ReadonlySet<string>): number =>
  lines.filter(({ standing, confirm }) => standing === 'unmet' || (confirm !== undefined && !confirmed.has(confirm))).length
