// A consent while it is being written down. What nobody chose is not chosen for them: least of all the decision (PRIV-04).
import type { NewConsent, Participant } from '../wire.ts'
import { noticeHash } from './notice-hash.ts'

export type Notice = { readonly id: string; readonly version: string; readonly text: string }
export type ConsentDraft = {
  readonly purpose: NewConsent['purpose'] | null
  readonly givenBy: NewConsent['givenBy'] | null
  readonly decision: NewConsent['decision'] | null
  readonly notice: Notice
  readonly chosen: ReadonlySet<string>
}

export const purposes: readonly NewConsent['purpose'][] = ['screening', 'follow-up', 'research']
export const givers: readonly NewConsent['givenBy'][] = ['guardian', 'pupil']
export const decisions: readonly NewConsent['decision'][] = ['given', 'refused', 'withdrawn']
const mostAtOnce = 200

/** What the form still lacks, in the order of the form. */
export const consentFault = ({ purpose, givenBy, decision, notice, chosen }: ConsentDraft) => {
  if (!purpose) return 'consent.needsPurpose'
  if (!givenBy) return 'consent.needsGiver'
  if (!decision) return 'consent.needsDecision'
  if (notice.id.trim() === '' || notice.version.trim() === '') return 'consent.needsNotice'
  if (notice.text.trim() === '') return 'consent.needsText'
  if (chosen.size === 0) return 'consent.needsPupil'
  return chosen.size > mostAtOnce ? 'consent.tooMany' : null
}

/** What is sent: the notice's hash, never its text. Null while something is missing. */
export const consentOf = (draft: ConsentDraft): NewConsent | null => {
  const { purpose, givenBy, decision, notice, chosen } = draft
  if (!purpose || !givenBy || !decision || consentFault(draft)) return null
  return {
    purpose,
    givenBy,
    decision,
    notice: { id: notice.id.trim(), version: notice.version.trim(), hash: noticeHash(notice.text) },
    participantIds: Array.from(chosen),
  }
}

/** What the roster shows for a pupil under this purpose: the decision of her guardian, where the roster tells it. */
export const standingOf = ({ purpose, givenBy }: Pick<ConsentDraft, 'purpose' | 'givenBy'>, pupil: Participant) =>
  givenBy === 'pupil' || !purpose || purpose === 'follow-up' ? undefined : (pupil.consent?.[purpose] ?? null)

/** How many pupils have another decision on record, which this one would replace. */
export const replaced = (consent: NewConsent, pupils: readonly Participant[]): number =>
  pupils.filter((pupil) => {
    const standing = standingOf(consent, pupil)
    return standing && standing !== consent.decision && consent.participantIds.indexOf(pupil.participantId) >= 0
  }).length

const blank: Notice = { id: '', version: '', text: '' }
let held: Notice = blank

/** The notice last used on this page: a school writes down class after class for the same one. */
export const heldNotice = () => held
export const holdNotice = (notice: Notice) => {
  held = notice
}
