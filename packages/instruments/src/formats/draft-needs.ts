/** What a person has to settle before a draft can become an instrument, and the licence that keeps its gate closed until then. */
import type { Definition } from '../definition.ts'
import type { Parts } from './draft-texts.ts'
import { type Finding, finding } from './finding.ts'
import type { Foreign } from './foreign.ts'
import { asksAboutHarm, statedDirection } from './polarity.ts'

export const licenceOf = ({ file, licence, attribution }: Foreign): Definition['licence'] => ({
  wording: {
    status: 'permission-needed',
    terms: licence.label ?? 'the imported file names no licence',
    attribution: attribution ?? 'not told by the imported file',
    evidence: [`imported file says: ${[licence.label, licence.evidence].filter(Boolean).join('; ') || 'nothing'} (${file})`.slice(0, 2000)],
    clinical: false,
    educational: false,
    research: false,
    commercial: false,
    electronic: false,
    translation: false,
  },
  encoding: 'Apache-2.0',
})

/** What a person has to settle before the draft can become an instrument. */
export const needsOf = (foreign: Foreign, parts: Parts, lookBack: number | null): readonly Finding[] => {
  const where = { file: foreign.file }
  const need = (what: string, place: string) => finding('needs', 'note', { ...where, place }, what)
  return [
    need('respondent, ages and minutes are not in the file: pupil, from 0 and an estimate were filled in', 'definition'),
    ...(lookBack === null ? [need('no look-back period is told in words that are understood', 'lookBackDays')] : []),
    need('the licence gate stays closed until a person has read the terms and recorded the evidence', 'licence'),
    need('the licence of the encoding is the file’s own: Apache-2.0 stands in the draft only because a value must', 'licence.encoding'),
    ...parts.scales.flatMap(([scale, { id }]) => [
      ...(statedDirection(scale.description) === 0
        ? [need('says not what a high score means: higher-is-worse was filled in', `scales.${id}.direction`)]
        : []),
      ...(scale.missingSaid === null ? [need('says not what a missing answer does: no score was filled in', `scales.${id}.missing`)] : []),
    ]),
    ...parts.items
      .filter(({ source }) => asksAboutHarm(source))
      .map(({ id }) => need('asks about suicide or self-harm: it needs an item rule and an unanswered rule', `items.${id}`)),
  ]
}
