// The API's shapes by the words of the glossary. Nothing is written by hand: each name is taken from the generated document.
import type { paths } from '../api/schema.d.ts'

type Body<Reply> = Reply extends { content: { 'application/json': infer Shape } } ? Shape : never
type Got<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Reply } } } ? Body<Reply> : never
type Posted<Path extends keyof paths> = paths[Path] extends { post: { responses: infer Replies } }
  ? Body<Replies[keyof Replies & (200 | 201)]>
  : never

type Sent<Path extends keyof paths> = paths[Path] extends { post: { requestBody: infer Request } } ? Body<Request> : never

export type Me = Got<'/api/v1/me'>
export type Invitation = Posted<'/api/v1/invitations/inspect'>
export type TotpSecret = Posted<'/api/v1/invitations/accept'>
export type Account = Got<'/api/v1/accounts'>['accounts'][number]
export type YearState = Got<'/api/v1/units/{unitId}/school-year'>
export type YearWish = Sent<'/api/v1/units/{unitId}/school-year/plan'>
export type YearPlan = Posted<'/api/v1/units/{unitId}/school-year/plan'>
export type Unit = Got<'/api/v1/units'>['units'][number]
export type Participant = Got<'/api/v1/classes/{classId}/participants'>['participants'][number]
export type NewPupil = Sent<'/api/v1/classes/{classId}/participants'>['participants'][number]
export type Notice = Got<'/api/v1/notices'>['notices'][number]
export type NoticeDraft = Sent<'/api/v1/notices'>
export type NoticeStanding = Got<'/api/v1/notices/{noticeId}/standing'>['classes'][number]
export type ConsentLink = Got<'/api/v1/classes/{classId}/consent-links'>['links'][number]
export type ConsentLinksMade = Posted<'/api/v1/classes/{classId}/consent-links'>
export type NewConsentLinks = Sent<'/api/v1/classes/{classId}/consent-links'>
export type ConsentRecord = Got<'/api/v1/participants/{participantId}/consents'>
export type NewConsent = Sent<'/api/v1/classes/{classId}/consents'>
export type SessionSummary = Got<'/api/v1/classes/{classId}/sessions'>['sessions'][number]
export type SessionDetail = Got<'/api/v1/sessions/{sessionId}'>
export type Reconciliation = Got<'/api/v1/sessions/{sessionId}/reconciliation'>
export type SeatCode = Posted<'/api/v1/sessions/{sessionId}/codes'>['codes'][number]
export type PaperDesk = Got<'/api/v1/sessions/{sessionId}/paper'>
export type PaperReading = Sent<'/api/v1/sessions/{sessionId}/seats/{seatId}/paper'>
export type PaperEntered = Posted<'/api/v1/sessions/{sessionId}/seats/{seatId}/paper'>
export type PaperCompared = Got<'/api/v1/sessions/{sessionId}/seats/{seatId}/paper'>
/** Of a definition, what is asked. */
export type Definition = Pick<
  Got<'/api/v1/instruments/{instrument}/{version}'>['definition'],
  'id' | 'version' | 'acronym' | 'items' | 'optionSets' | 'texts'
>
export type Opening = Got<'/api/v1/sessions/{sessionId}/opening'>
export type Rota = Got<'/api/v1/schools/{schoolId}/duty'>
export type OnDuty = NonNullable<Rota['today']['owner']>
export type TrialAlert = Got<'/api/v1/trial-alerts'>['alerts'][number]
export type QueuedCase = Got<'/api/v1/cases'>['cases'][number]
export type CaseDetail = Got<'/api/v1/cases/{caseId}'>
export type Flag = CaseDetail['flags'][number]
export type Score = CaseDetail['scores'][number]
export type Sitting = CaseDetail['sittings'][number]
export type StudyListed = Got<'/api/v1/studies'>['studies'][number]
export type Study = Got<'/api/v1/studies/{studyId}'>
export type Protocol = Sent<'/api/v1/studies'>['protocol']
export type Trial = Exclude<Protocol, { kind: 'screening' }>
export type InstrumentListed = Got<'/api/v1/instruments'>['instruments'][number]
export type Kit = Got<'/api/v1/kits'>['kits'][number]
export type MadeKit = Posted<'/api/v1/kits'>
export type WrittenDay = Posted<'/api/v1/kits/{kitId}/days'>
export type ReceivedDay = Posted<'/api/v1/kit-uploads/{uploadId}/finish'>
export type KitConflict = Got<'/api/v1/kit-conflicts'>['conflicts'][number]
