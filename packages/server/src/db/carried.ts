// Offline kits: which tables a kit takes out to a school's laptop and which a day brings home, in the order in which rows may be written.
// A test compares this with the database's own catalogue: a migration that adds a table has to say here whether it travels.

export type Row = Readonly<Record<string, unknown>>

export type Carried = {
  readonly table: string
  /** Which rows a kit takes out. `school`: those of the school. Null: none. */
  readonly out: 'place' | 'grant' | 'school' | 'study' | 'planned' | 'planned-seat' | null
  /** `once`: a row is written and never changes. `versions`: the newest version of a row comes home. Null: the county's server alone writes it. */
  readonly home: 'once' | 'versions' | null
  /** The primary key, after the county. */
  readonly key: readonly string[]
  /** Columns that each machine keeps for itself. */
  readonly stays?: readonly string[]
  /** Columns that never change or that each side may have for itself: carried, not compared. */
  readonly loose?: readonly string[]
  /** Rows with these in common are about the same thing, whatever their ids. */
  readonly same?: readonly Likeness[]
}
type Likeness = { readonly columns: readonly string[]; readonly when?: (row: Row) => boolean }

const made = ['created_at', 'created_by']

export const carried: readonly Carried[] = [
  {
    table: 'screening.school_year',
    out: 'school',
    home: 'versions',
    key: ['id'],
    loose: ['counts', 'made_by', 'made_at'],
    same: [{ columns: ['school_id', 'label'], when: ({ undone_at }) => undone_at === null }],
  },
  {
    table: 'screening.unit',
    out: 'place',
    home: 'versions',
    key: ['id'],
    loose: [...made, 'parent_id', 'school_id', 'kind', 'made_by'],
    same: [{ columns: ['parent_id', 'name'], when: ({ retired_at }) => retired_at === null }],
  },
  { table: 'identity.role_grant', out: 'grant', home: null, key: ['id'] },
  { table: 'screening.participant', out: 'school', home: 'versions', key: ['id'], stays: ['transferred_from'], loose: made },
  { table: 'identity.person', out: 'school', home: 'versions', key: ['id'], loose: [...made, 'participant_id'] },
  {
    table: 'screening.notice',
    out: 'place',
    home: 'versions',
    key: ['id'],
    loose: made,
    same: [{ columns: ['school_id', 'purpose', 'party', 'version'], when: ({ state }) => state === 'published' }],
  },
  {
    table: 'screening.consent_link',
    out: 'school',
    home: 'versions',
    key: ['id'],
    stays: ['wrong_codes'],
    loose: [...made, 'initial', 'asks', 'token_hash', 'code_hash', 'expires_at'],
  },
  { table: 'identity.consent_signature', out: 'school', home: 'once', key: ['id'] },
  { table: 'screening.consent', out: 'school', home: 'once', key: ['id'] },
  { table: 'screening.study', out: 'study', home: null, key: ['id'] },
  { table: 'screening.study_school', out: 'school', home: null, key: ['study_id', 'school_id'] },
  { table: 'screening.duty', out: 'school', home: 'once', key: ['id'] },
  { table: 'screening.capacity', out: 'school', home: 'once', key: ['id'] },
  {
    table: 'screening.session',
    out: 'planned',
    home: 'versions',
    key: ['id'],
    stays: ['wrong_codes'],
    loose: [...made, 'class_id', 'study_id', 'wave', 'locator', 'battery'],
    same: [{ columns: ['study_id', 'wave', 'class_id'] }],
  },
  {
    table: 'screening.seat',
    out: 'planned-seat',
    home: 'versions',
    key: ['id'],
    stays: ['code_hash', 'factor_hash', 'wrong_factors', 'token_hash', 'token_expires_at', 'turn'],
    loose: ['session_id', 'participant_id', 'number', 'initial', 'withdrawn_at', 'heard'],
    same: [{ columns: ['session_id', 'participant_id'] }],
  },
  {
    table: 'screening.so_far',
    out: null,
    home: 'versions',
    key: ['seat_id'],
    loose: ['started_at', 'answered_at', 'received_at'],
  },
  { table: 'screening.session_note', out: null, home: 'once', key: ['id'] },
  {
    table: 'screening.submission',
    out: null,
    home: 'versions',
    key: ['id'],
    loose: [
      'seat_id',
      'session_id',
      'participant_id',
      'study_id',
      'wave',
      'started_at',
      'finished_at',
      'received_at',
      'quality',
      'restricted_at',
    ],
    same: [{ columns: ['seat_id'] }],
  },
  {
    table: 'screening.submission_past',
    out: null,
    home: 'once',
    key: ['submission_id', 'revision'],
    loose: ['replaced_by', 'replaced_at'],
  },
  { table: 'screening.receipt', out: null, home: 'once', key: ['seat_id', 'idempotency_key'] },
  { table: 'screening.paper_entry', out: null, home: 'once', key: ['id'] },
  { table: 'screening.paper_conflict', out: null, home: 'once', key: ['id'] },
  { table: 'screening.paper_decision', out: null, home: 'once', key: ['conflict_id'] },
  { table: 'screening.care_case', out: null, home: 'once', key: ['id'], loose: ['state', 'opened_at', 'reviewed_at'] },
  {
    table: 'screening.flag',
    out: null,
    home: 'versions',
    key: ['id'],
    loose: ['case_id', 'raised_at', 'due_at', 'answered_at'],
    same: [
      { columns: ['seat_id', 'instrument', 'rule', 'value', 'answered_at'], when: ({ kind }) => kind !== 'request' },
      { columns: ['seat_id', 'kind', 'answered_at'], when: ({ kind }) => kind === 'request' },
    ],
  },
  { table: 'screening.flag_review', out: null, home: 'once', key: ['id'], same: [{ columns: ['flag_id'] }] },
  {
    table: 'screening.roster_import',
    out: null,
    home: 'once',
    key: ['id'],
    loose: ['counts', ...made],
    same: [{ columns: ['request_hash'] }],
  },
  { table: 'screening.audit_event', out: null, home: 'once', key: ['id'] },
]

/** What does not travel as rows, and why. */
export const notCarried: Readonly<Record<string, string>> = {
  'tongxing.migration': 'each machine has its own program; a bundle names the migrations it was written with',
  'tongxing.simulated': 'a kit says itself whether its data are made up',
  'identity.account': 'accounts with a role in the school go out one by one, re-sealed; home comes only who somebody was',
  'identity.invitation': 'a one-time link is valid where it was made',
  'identity.staff_session': 'a signed-in browser is signed in where it is',
  'screening.enrolment': 'each machine’s database writes it when a pupil’s row comes or changes',
  'screening.trial_alert': 'proves that somebody is reached by the machine on which it was answered, and no other',
  'screening.locator': 'made anew from its session',
  'screening.export': 'datasets are made on the county’s server',
  'screening.export_file': 'datasets are made on the county’s server',
  'screening.report': 'reports are made on the county’s server',
  'screening.kit': 'each side keeps its own record of a kit',
  'screening.kit_day': 'each side keeps its own record of a day',
  'screening.kit_version': 'the laptop’s memory of what the county’s server has; it travels beside the rows',
  'screening.kit_conflict': 'found and decided on the county’s server',
  'identity.kit_conflict': 'found and decided on the county’s server',
  'screening.kit_conflict_decision': 'found and decided on the county’s server',
  'screening.kit_upload': 'a day on its way',
  'screening.kit_upload_piece': 'a day on its way',
}
