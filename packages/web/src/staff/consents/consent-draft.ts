// A consent while it is being written down. What nobody chose is not chosen for them: least of all the decision (PRIV-04).
import type { NewConsent, Notice, Participant } from '../wire.ts'
import { noticeHash } from './notice-hash.ts'

/** A text that is kept elsewhere, for as long as none is published here. */
export type OutsideNotice = { readonly id: string; readonly version: string; readonly text: string }
export type Relationship = NonNullable<NewConsent['relationship']>
export type Form = NonNullable<NewConsent['evidence']>['form']
export type ConsentDraft = {
  readonly purpose: NewConsent['purpose'] | null
  readonly givenBy: NewConsent['givenBy'] | null
  readonly relationship: Relationship | null
  readonly decision: NewConsent['decision'] | null
  readonly form: Form | null
  readonly place: string
  readonly noticeId: string | null
  readonly outside: OutsideNotice
  readonly chosen: ReadonlySet<string>
}

export const purposes: readonly NewConsent['purpose'][] = ['screening', 'follow-up', 'research', 'sharing']
export const givers: readonly NewConsent['givenBy'][] = ['guardian', 'pupil']
export const relationships: readonly Relationship[] = ['parent', 'other-guardian', 'caregiver']
export const decisions: readonly NewConsent['decision'][] = ['given', 'refused', 'withdrawn']
export const forms: readonly Form[] = ['paper', 'spoken']
const mostAtOnce = 200

/** The published texts for the chosen purpose, the newest first. */
export const noticesFor = ({ purpose }: Pick<ConsentDraft, 'purpose'>, published: readonly Notice[]) =>
  published.filter((notice) => notice.purpose === purpose)

/** The text that is answered: the one chosen, or the only one there is to choose. */
export const noticeOf = (draft: ConsentDraft, published: readonly Notice[]): Notice | null => {
  const fitting = noticesFor(draft, published)
  const only = fitting.length === 1 ? fitting[0] : undefined
  return fitting.filter(({ id }) => id === draft.noticeId)[0] ?? only ?? null
}

const noticeFault = (draft: ConsentDraft, published: readonly Notice[]) => {
  if (noticesFor(draft, published).length > 0) return noticeOf(draft, published) ? null : 'consent.needsChoice'
  const { id, version, text } = draft.outside
  if (draft.purpose === 'sharing') return 'consent.needsPublished'
  if (id.trim() === '' || version.trim() === '') return 'consent.needsNotice'
  return text.trim() === '' ? 'consent.needsText' : null
}

const groundFault = ({ givenBy, relationship, form, decision }: ConsentDraft) => {
  if (givenBy !== 'guardian') return null
  if (!relationship) return 'consent.needsRelationship'
  if (relationship === 'caregiver') return 'consent.caregiverCannot'
  if (!form) return 'consent.needsForm'
  return decision === 'given' && form === 'spoken' ? 'consent.paperNeeded' : null
}

/** What the form still lacks, in the order of the form. */
export const consentFault = (draft: ConsentDraft, published: readonly Notice[]) => {
  const { purpose, givenBy, decision, chosen } = draft
  if (!purpose) return 'consent.needsPurpose'
  const notice = noticeFault(draft, published)
  if (notice) return notice
  if (!givenBy) return 'consent.needsGiver'
  if (!decision) return 'consent.needsDecision'
  const ground = groundFault(draft)
  if (ground) return ground
  if (chosen.size === 0) return 'consent.needsPupil'
  return chosen.size > mostAtOnce ? 'consent.tooMany' : null
}

/** What is sent: which text was answered, or the hash of one that is kept elsewhere. Null while something is missing. */
export const consentOf = (draft: ConsentDraft, published: readonly Notice[]): NewConsent | null => {
  const { purpose, givenBy, decision, outside, form, place, relationship, chosen } = draft
  if (!purpose || !givenBy || !decision || consentFault(draft, published)) return null
  const notice = noticeOf(draft, published)
  return {
    purpose,
    givenBy,
    decision,
    notice: notice ? { noticeId: notice.id } : { id: outside.id.trim(), version: outside.version.trim(), hash: noticeHash(outside.text) },
    ...(form && { evidence: { form, place: place.trim() } }),
    ...(givenBy === 'guardian' && relationship && { relationship }),
    participantIds: Array.from(chosen),
  }
}

/** What the roster shows for a pupil under this purpose: the decision of her guardian, where the roster tells it. */
export const standingOf = (
  { purpose, givenBy }: Pick<ConsentDraft, 'purpose' | 'givenBy'>,
  pupil: Participant,
  party: string | null = null,
) => {
  if (givenBy === 'pupil' || !purpose || !pupil.consent) return undefined
  if (purpose !== 'sharing') return pupil.consent[purpose]
  return pupil.consent.sharing.filter((one) => one.party === party)[0]?.decision ?? null
}

/** How many pupils have another decision on record, which this one would replace. */
export const replaced = (consent: NewConsent, pupils: readonly Participant[], party: string | null = null): number =>
  pupils.filter((pupil) => {
    const standing = standingOf(consent, pupil, party)
    return standing && standing !== consent.decision && consent.participantIds.indexOf(pupil.participantId) >= 0
  }).length

const blank: ConsentDraft = {
  purpose: null,
  givenBy: null,
  relationship: null,
  decision: null,
  form: null,
  place: '',
  noticeId: null,
  outside: { id: '', version: '', text: '' },
  chosen: new Set(),
}
let held = blank

/** A school writes down class after class for the same text and keeps the papers in one place: only these are remembered on this page. */
export const heldDraft = (): ConsentDraft => ({ ...blank, outside: held.outside, place: held.place })
export const holdDraft = (draft: ConsentDraft) => {
  held = draft
}
