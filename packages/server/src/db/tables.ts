// The rows as Kysely sees them; the migrations are the truth.
import type { ColumnType } from 'kysely'

type At = ColumnType<Date, Date, Date>
type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json<T> = ColumnType<T, string, string>

type Tenant = { county_id: string; id: string }
type OfSchool = Tenant & { school_id: string }

export type Role = 'administrator' | 'principal' | 'counsellor' | 'proctor' | 'researcher'
export type UnitKind = 'county' | 'township' | 'village' | 'school' | 'grade' | 'class'
export type Urgency = 'immediate' | 'prompt' | 'routine'
type Purpose = 'screening' | 'follow-up' | 'research' | 'sharing'
type SeatState = 'not-started' | 'started' | 'submitted' | 'stopped'
export type Absence = 'absent' | 'declined'
export type NoteKind = 'noise' | 'interruption' | 'read-aloud' | 'other'
export type SecondFactor = 'none' | 'birth-day' | 'student-number-tail'
export type SessionState = 'planned' | 'open' | 'closed'

export type Tables = {
  'tongxing.simulated': { sole: ColumnType<boolean, boolean | undefined, never>; since: At }
  'identity.account': {
    id: string
    username: string
    display_name: string
    password_hash: string | null
    totp_secret: string | null
    totp_last_step: ColumnType<number, number | undefined, number>
    state: 'invited' | 'pending' | 'active' | 'disabled'
    created_at: At
  }
  'identity.invitation': {
    token_hash: string
    account_id: string | null
    purpose: 'set-up' | 'invitation' | 'sign-in-link'
    created_at: At
    expires_at: At
    used_at: MaybeAt
  }
  'identity.staff_session': { token_hash: string; account_id: string; created_at: At; expires_at: At; ended_at: MaybeAt }
  'identity.role_grant': Tenant & { account_id: string; role: Role; unit_id: string; created_at: At }
  'identity.person': OfSchool & { participant_id: string; name: string; student_number: string | null; birth_date: string; created_at: At }
  'screening.unit': Tenant & {
    parent_id: string | null
    school_id: string | null
    kind: UnitKind
    name: string
    code: string | null
    prefecture: ColumnType<string | null, string | null | undefined, string | null>
    made_by: ColumnType<string | null, string | null | undefined, never>
    retired_by: ColumnType<string | null, string | null | undefined, string | null>
    retired_at: MaybeAt
    created_at: At
  }
  'screening.school_year': OfSchool & {
    label: string
    counts: Json<Readonly<Record<string, number>>>
    made_by: string
    made_at: At
    undone_by: ColumnType<string | null, string | null | undefined, string | null>
    undone_at: MaybeAt
  }
  'screening.enrolment': {
    county_id: string
    participant_id: string
    number: number
    school_id: string
    class_id: string
    from_at: At
    came: 'enrolled' | 'promoted' | 'repeated' | 'moved' | 'transferred' | 'returned' | 'taken-back'
    came_by: string | null
    came_from: string | null
    to_at: MaybeAt
    went: 'promoted' | 'repeated' | 'moved' | 'left' | 'graduated' | 'transferred' | 'taken-back' | null
    went_by: string | null
    went_to: string | null
  }
  'screening.participant': OfSchool & {
    class_id: string
    sex: 'female' | 'male'
    birth_month: string
    left_behind: boolean | null
    left_at: MaybeAt
    transferred_from: ColumnType<string | null, string | null | undefined, never>
    created_at: At
  }
  'screening.roster_import': Tenant & {
    school_id: string | null
    unit_id: string
    file_hash: string
    plan_hash: string
    request_hash: string
    counts: Json<Readonly<Record<'created' | 'changed' | 'unchanged' | 'leftOut' | 'transferred' | 'left' | 'classes', number>>>
    created_by: string
    created_at: At
  }
  'screening.notice': Tenant & {
    school_id: string | null
    purpose: Purpose
    party: string | null
    texts: Json<unknown>
    state: 'draft' | 'published'
    version: ColumnType<number | null, number | undefined, number>
    renews: ColumnType<boolean | null, boolean | undefined, boolean>
    hash: ColumnType<string | null, string | undefined, string>
    created_by: string
    created_at: At
    published_by: ColumnType<string | null, string | undefined, string>
    published_at: MaybeAt
  }
  'screening.consent_link': OfSchool & {
    participant_id: string
    initial: string
    asks: Json<unknown>
    token_hash: string
    code_hash: string
    wrong_codes: ColumnType<number, number | undefined, number>
    created_by: string
    created_at: At
    expires_at: At
    answered_at: MaybeAt
    revoked_at: MaybeAt
  }
  'identity.consent_signature': OfSchool & { participant_id: string; name: string; signed_at: At }
  'screening.consent': OfSchool & {
    participant_id: string
    purpose: Purpose
    party: string | null
    given_by: 'guardian' | 'pupil'
    decision: 'given' | 'refused' | 'withdrawn'
    notice_id: string
    notice_version: string
    notice_hash: string
    notice: string | null
    evidence: 'paper' | 'spoken' | 'remote' | null
    evidence_place: string | null
    relationship: 'parent' | 'other-guardian' | null
    link_id: string | null
    signature_id: string | null
    recorded_by: string | null
    recorded_at: At
  }
  'screening.study': Tenant & {
    protocol: Json<unknown>
    protocol_hash: string
    allocation_seed: number | null
    allocated_at: MaybeAt
    created_by: string
    created_at: At
  }
  'screening.study_school': { county_id: string; study_id: string; school_id: string; arm: string | null }
  'screening.locator': { locator: string; county_id: string; school_id: string; session_id: string }
  'screening.session': OfSchool & {
    class_id: string
    study_id: string
    wave: string
    locator: string
    battery: Json<readonly { instrument: string; version: string; itemsPerPage?: number | undefined }[]>
    state: SessionState
    wrong_codes: ColumnType<number, number | undefined, number>
    created_by: string
    created_at: At
    opened_at: MaybeAt
    closed_at: MaybeAt
    planned_for: MaybeAt
    place: ColumnType<string, string | undefined, string>
    proctor_id: ColumnType<string | null, string | null | undefined, string | null>
    second_factor: ColumnType<SecondFactor, SecondFactor | undefined, never>
  }
  'screening.duty': OfSchool & { from_day: string; to_day: string; owner_id: string; deputy_id: string; made_by: string; made_at: At }
  'screening.trial_alert': OfSchool & { account_id: string; sent_by: string; sent_at: At; confirmed_at: MaybeAt }
  'screening.capacity': OfSchool & { per_day: number; stated_by: string; stated_at: At }
  'screening.seat': OfSchool & {
    session_id: string
    participant_id: string
    number: number
    initial: string | null
    code_hash: string | null
    factor_hash: ColumnType<string | null, string | null | undefined, string | null>
    wrong_factors: ColumnType<number, number | undefined, number>
    token_hash: string | null
    token_expires_at: MaybeAt
    state: SeatState
    started_at: MaybeAt
    finished_at: MaybeAt
    absence: ColumnType<Absence | null, Absence | null | undefined, Absence | null>
    at_item: ColumnType<number | null, number | null | undefined, number | null>
    of_items: ColumnType<number | null, number | null | undefined, number | null>
    paused: ColumnType<boolean, boolean | undefined, boolean>
    seen_at: MaybeAt
    held_at: MaybeAt
    turn: ColumnType<number, number | undefined, number>
    heard: ColumnType<boolean, boolean | undefined, boolean>
    withdrawn_at: MaybeAt
  }
  'screening.session_note': OfSchool & {
    session_id: string
    seat_id: string | null
    kind: NoteKind
    words: string
    noted_by: string
    noted_at: At
  }
  'screening.so_far': {
    county_id: string
    seat_id: string
    school_id: string
    turn: number
    revision: number
    answers: Json<unknown>
    answered: number
    asked: number
    started_at: At
    answered_at: At
    received_at: At
  }
  'screening.submission': OfSchool & {
    seat_id: string
    session_id: string
    participant_id: string
    study_id: string
    wave: string
    language: string
    ended: 'finished' | 'stopped'
    sheets: Json<unknown>
    scores: Json<unknown>
    quality: Json<unknown>
    started_at: At
    finished_at: At
    received_at: At
    restricted_at: MaybeAt
  }
  'screening.submission_past': {
    county_id: string
    submission_id: string
    revision: number
    school_id: string
    sheets: Json<unknown>
    scores: Json<unknown>
    replaced_by: string | null
    replaced_at: At
  }
  'screening.paper_entry': OfSchool & {
    session_id: string
    seat_id: string
    submission_id: string
    turn: 1 | 2
    sheets: Json<unknown>
    entered_by: string
    entered_at: At
  }
  'screening.paper_conflict': OfSchool & {
    submission_id: string
    instrument: string
    version: string
    item: string
    first_answer: Json<unknown>
    second_answer: Json<unknown>
  }
  'screening.paper_decision': {
    county_id: string
    conflict_id: string
    school_id: string
    answer: Json<unknown>
    basis: 'third-person' | 'paper'
    reason: string
    decided_by: string
    decided_at: At
  }
  'screening.receipt': {
    county_id: string
    seat_id: string
    idempotency_key: string
    school_id: string
    submission_id: string
    body_hash: string
    received_at: At
    erased_at: MaybeAt
  }
  'screening.care_case': OfSchool & { participant_id: string; state: 'open' | 'reviewed'; opened_at: At; reviewed_at: MaybeAt }
  'screening.flag': OfSchool & {
    submission_id: string | null
    seat_id: string
    participant_id: string
    case_id: string | null
    study_id: string
    wave: string
    instrument: string
    version: string
    rule: string
    kind: 'item' | 'unanswered' | 'scale' | 'request'
    urgency: Urgency
    subject: string
    value: string
    answered_at: At
    raised_at: At
    due_at: At
  }
  'screening.flag_review': OfSchool & {
    flag_id: string
    decision: 'confirmed' | 'dismissed'
    reason: string
    reviewed_by: string
    reviewed_at: At
  }
  'screening.export': Tenant & {
    study_id: string
    dataset_hash: string
    row_count: number
    participant_count: number
    created_by: string
    created_at: At
  }
  'screening.export_file': { county_id: string; export_id: string; name: string; content: string }
  'screening.report': Tenant & {
    study_id: string
    export_id: string
    record: Json<unknown>
    pages: Json<Record<string, string>>
    created_by: string
    created_at: At
  }
  'screening.audit_event': Tenant & {
    school_id: string | null
    account_id: string | null
    actor: string
    action: string
    subject: string
    subject_ids: string[]
    details: Json<unknown>
    occurred_at: At
  }
}
