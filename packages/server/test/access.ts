// Who may call what: the one readable table that the matrix test (SEC-02) holds the whole API to.
import type { Role } from '../src/db/tables.ts'

/**
 * school: for a thing of one school; a role held there or for the county. Elsewhere the thing does not exist.
 * county: for a thing of the county; the role held for the whole county.
 * own: whatever the caller's own place has; nobody else's is in the answer.
 */
type Reach = 'school' | 'county' | 'own' | 'own county'
export type Rule = { readonly who: 'everyone' | 'pupil' | readonly Role[]; readonly reach: Reach }

const everyone: Rule = { who: 'everyone', reach: 'own' }
const pupil: Rule = { who: 'pupil', reach: 'own' }
const all = ['administrator', 'principal', 'counsellor', 'proctor', 'researcher'] as const
const rule = (reach: Reach, ...who: readonly Role[]): Rule => ({ who, reach })
const desk = rule('school', 'proctor', 'administrator')

export const access: Readonly<Record<string, Rule>> = {
  'GET /health': everyone,
  'GET /setup': everyone,
  'POST /invitations/inspect': everyone,
  'POST /invitations/accept': everyone,
  'POST /invitations/confirm': everyone,
  'POST /sign-in': everyone,
  'POST /sign-in-links/redeem': everyone,
  'POST /pupil/sign-in': everyone,
  'POST /guardian/look': everyone,
  'POST /guardian/confirm': everyone,
  'POST /guardian/answers': everyone,
  'POST /pupil/submissions': pupil,
  'POST /pupil/progress': pupil,
  'POST /pupil/decline': pupil,
  'POST /pupil/talk': pupil,
  'POST /pupil/so-far': pupil,

  'GET /me': rule('own', ...all),
  'GET /units': rule('own', ...all),
  'GET /instruments': rule('own', ...all),
  'GET /instruments/{instrument}/{version}': rule('own', ...all),

  'GET /accounts': rule('own', 'administrator'),
  'POST /accounts': rule('school', 'administrator'),
  'POST /accounts/{accountId}/sign-in-links': rule('school', 'administrator'),
  'POST /accounts/{accountId}/disable': rule('school', 'administrator'),
  'POST /accounts/{accountId}/enable': rule('school', 'administrator'),
  'POST /accounts/{accountId}/invitations': rule('school', 'administrator'),
  'POST /units/{unitId}': rule('school', 'administrator'),
  'POST /units': rule('school', 'administrator'),

  'GET /classes/{classId}/participants': rule('school', 'administrator', 'proctor', 'counsellor'),
  'POST /classes/{classId}/participants': rule('school', 'administrator', 'proctor'),
  'POST /units/{unitId}/roster/file': rule('school', 'administrator', 'proctor'),
  'POST /units/{unitId}/roster/plan': rule('school', 'administrator', 'proctor'),
  'POST /units/{unitId}/roster/import': rule('school', 'administrator', 'proctor'),
  'GET /units/{unitId}/school-year': rule('school', 'administrator'),
  'POST /units/{unitId}/school-year/plan': rule('school', 'administrator'),
  'POST /units/{unitId}/school-year': rule('school', 'administrator'),
  'POST /units/{unitId}/school-year/undo': rule('school', 'administrator'),
  'GET /classes/{classId}/enrolments': rule('school', 'administrator'),
  'POST /classes/{classId}/consents': rule('school', 'administrator', 'counsellor'),
  'GET /classes/{classId}/notices': rule('school', 'administrator', 'counsellor'),
  'GET /classes/{classId}/consent-links': rule('school', 'administrator', 'counsellor'),
  'POST /classes/{classId}/consent-links': rule('school', 'administrator', 'counsellor'),
  'POST /consent-links/{linkId}/revoke': rule('school', 'administrator', 'counsellor'),
  'GET /participants/{participantId}/consents': rule('school', 'administrator', 'counsellor'),
  'GET /notices': rule('own', 'administrator', 'counsellor'),
  'POST /notices': rule('school', 'administrator'),
  'GET /notices/{noticeId}': rule('school', 'administrator', 'counsellor'),
  'POST /notices/{noticeId}/texts': rule('school', 'administrator'),
  'POST /notices/{noticeId}/publish': rule('school', 'administrator'),
  'GET /notices/{noticeId}/standing': rule('school', 'administrator', 'counsellor'),

  'GET /schools/{schoolId}/duty': rule('school', 'administrator', 'principal', 'counsellor', 'proctor'),
  'POST /schools/{schoolId}/duty': rule('school', 'administrator', 'principal'),
  'POST /schools/{schoolId}/capacity': rule('school', 'administrator', 'principal'),
  'POST /schools/{schoolId}/trial-alerts': rule('school', 'administrator', 'principal', 'proctor'),
  'GET /schools/{schoolId}/proctors': desk,
  'GET /trial-alerts': rule('own', 'counsellor'),
  'POST /trial-alerts/confirm': rule('own', 'counsellor'),

  'GET /sessions': rule('own', 'proctor', 'administrator'),
  'GET /classes/{classId}/sessions': desk,
  'POST /sessions': desk,
  'GET /sessions/{sessionId}': desk,
  'GET /sessions/{sessionId}/opening': desk,
  'GET /sessions/{sessionId}/left-out': desk,
  'POST /sessions/{sessionId}/plan': desk,
  'POST /sessions/{sessionId}/open': desk,
  'POST /sessions/{sessionId}/close': desk,
  'POST /sessions/{sessionId}/codes': desk,
  'GET /sessions/{sessionId}/events': desk,
  'POST /sessions/{sessionId}/seats': desk,
  'POST /sessions/{sessionId}/seats/{seatId}/code': desk,
  'POST /sessions/{sessionId}/seats/{seatId}/absence': desk,
  'POST /sessions/{sessionId}/notes': desk,
  'GET /sessions/{sessionId}/reconciliation': desk,

  'GET /sessions/{sessionId}/paper': desk,
  'GET /sessions/{sessionId}/paper/forms': desk,
  'GET /sessions/{sessionId}/seats/{seatId}/paper': desk,
  'POST /sessions/{sessionId}/seats/{seatId}/paper': desk,
  'POST /sessions/{sessionId}/seats/{seatId}/paper/decisions': desk,

  'GET /cases': rule('own', 'counsellor'),
  'GET /cases/mark': rule('own', 'counsellor'),
  'GET /cases/{caseId}': rule('school', 'counsellor'),
  'POST /flags/{flagId}/review': rule('school', 'counsellor'),

  'GET /studies': rule('own', ...all),
  'POST /screenings': rule('school', 'administrator'),
  'POST /studies': rule('own county', 'researcher', 'administrator'),
  'GET /studies/{studyId}': rule('county', 'researcher', 'administrator'),
  'POST /studies/{studyId}/schools': rule('county', 'researcher', 'administrator'),
  'POST /studies/{studyId}/allocation': rule('county', 'researcher', 'administrator'),
  'POST /studies/{studyId}/exports': rule('county', 'researcher'),
  'GET /exports/{exportId}': rule('county', 'researcher'),
  'GET /exports/{exportId}/files/{name}': rule('county', 'researcher'),
  'POST /studies/{studyId}/reports': rule('county', 'researcher'),
  'GET /reports/{reportId}': rule('county', 'researcher'),
  'GET /reports/{reportId}/html': rule('county', 'researcher'),

  'GET /kits': rule('own', 'administrator'),
  'POST /kits': rule('county', 'administrator'),
  'POST /kits/{kitId}/days': rule('school', 'administrator'),
  'POST /kit-uploads': rule('own county', 'administrator'),
  'POST /kit-uploads/{uploadId}/pieces': rule('county', 'administrator'),
  'POST /kit-uploads/{uploadId}/finish': rule('county', 'administrator'),
  'GET /kit-conflicts': rule('own county', 'administrator'),
  'POST /kit-conflicts/{conflictId}/decision': rule('county', 'administrator'),

  'POST /sign-out': rule('own', ...all),
}
