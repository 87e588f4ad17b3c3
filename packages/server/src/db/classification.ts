// PRIV-01: every column of every table has a class, a purpose and a retention. A test compares this with the database's own catalogue,
// so a migration that adds a column has to say here what it is.

type ColumnClass = 'direct-identifier' | 'quasi-identifier' | 'sensitive' | 'free-text' | 'operational'

type TableClass = {
  readonly purpose: string
  readonly retention: string
  readonly columns: Readonly<Record<string, ColumnClass>>
}

const operational = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, 'operational'])) as Record<string, ColumnClass>
const tenant = operational('county_id', 'id')
const ofSchool = operational('county_id', 'id', 'school_id')

const schoolYears = 'while the pupil is at school and three years after'
const study = 'ten years after the study ends'
const account = 'while the account is in use and three years after'
const record = 'three years, the statutory minimum for the record of who looked'

export const classification: Readonly<Record<string, TableClass>> = {
  'tongxing.migration': { purpose: 'which migrations ran', retention: 'for ever', columns: operational('name', 'hash', 'applied_at') },
  'tongxing.simulated': { purpose: 'that all data here are made up', retention: 'for ever', columns: operational('sole', 'since') },
  'identity.account': {
    purpose: 'staff sign in',
    retention: account,
    columns: {
      ...operational('id', 'totp_last_step', 'state', 'created_at'),
      username: 'direct-identifier',
      display_name: 'direct-identifier',
      password_hash: 'sensitive',
      totp_secret: 'sensitive',
    },
  },
  'identity.invitation': {
    purpose: 'one-time links that make or open an account',
    retention: 'until used or expired, then thirty days',
    columns: { ...operational('account_id', 'purpose', 'created_at', 'expires_at', 'used_at'), token_hash: 'sensitive' },
  },
  'identity.staff_session': {
    purpose: 'a signed-in browser',
    retention: 'thirty days',
    columns: { ...operational('account_id', 'created_at', 'expires_at', 'ended_at'), token_hash: 'sensitive' },
  },
  'identity.role_grant': {
    purpose: 'who may do what for which unit',
    retention: account,
    columns: { ...tenant, ...operational('account_id', 'role', 'unit_id', 'created_at') },
  },
  'identity.person': {
    purpose: 'the name behind a pseudonym, for care',
    retention: schoolYears,
    columns: {
      ...ofSchool,
      ...operational('participant_id', 'created_at'),
      name: 'direct-identifier',
      student_number: 'direct-identifier',
      birth_date: 'direct-identifier',
    },
  },
  'screening.unit': {
    purpose: 'counties, schools and classes',
    retention: 'for ever',
    columns: {
      ...ofSchool,
      ...operational('parent_id', 'kind', 'name', 'code', 'prefecture', 'made_by', 'retired_by', 'retired_at', 'created_at'),
    },
  },
  'screening.school_year': {
    purpose: 'which school years were turned over, and taken back',
    retention: 'for ever',
    columns: { ...ofSchool, ...operational('label', 'counts', 'made_by', 'made_at', 'undone_by', 'undone_at') },
  },
  'screening.enrolment': {
    purpose: 'in which class a pupil was when, so that the records of a year stay readable',
    retention: schoolYears,
    columns: {
      ...operational('county_id', 'participant_id', 'number', 'school_id', 'came', 'came_by', 'went', 'went_by'),
      class_id: 'quasi-identifier',
      from_at: 'quasi-identifier',
      to_at: 'quasi-identifier',
      came_from: 'quasi-identifier',
      went_to: 'quasi-identifier',
    },
  },
  'screening.participant': {
    purpose: 'the pupil as screening and study see her',
    retention: schoolYears,
    columns: {
      ...ofSchool,
      ...operational('created_at', 'left_at', 'transferred_from'),
      class_id: 'quasi-identifier',
      sex: 'quasi-identifier',
      birth_month: 'quasi-identifier',
      left_behind: 'sensitive',
    },
  },
  'screening.roster_import': {
    purpose: 'which files of pupils were taken over, so that one is not taken over twice; the files are not kept',
    retention: schoolYears,
    columns: {
      ...ofSchool,
      ...operational('unit_id', 'file_hash', 'plan_hash', 'request_hash', 'counts', 'created_by', 'created_at'),
    },
  },
  'screening.notice': {
    purpose: 'what guardians and pupils are told before they decide',
    retention: 'as long as a consent that answered it, and three years after',
    columns: {
      ...ofSchool,
      ...operational('purpose', 'party', 'texts', 'state', 'version', 'renews', 'hash'),
      ...operational('created_by', 'created_at', 'published_by', 'published_at'),
    },
  },
  'screening.consent_link': {
    purpose: 'lets a guardian who works away decide',
    retention: 'one year after it ended',
    columns: {
      ...ofSchool,
      ...operational('participant_id', 'asks', 'wrong_codes', 'created_by', 'created_at', 'expires_at', 'answered_at', 'revoked_at'),
      initial: 'quasi-identifier',
      token_hash: 'sensitive',
      code_hash: 'sensitive',
    },
  },
  'identity.consent_signature': {
    purpose: 'the name that a guardian typed under her answer',
    retention: study,
    columns: { ...ofSchool, ...operational('participant_id', 'signed_at'), name: 'direct-identifier' },
  },
  'screening.consent': {
    purpose: 'proof of consent and refusal per purpose',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational('participant_id', 'purpose', 'party', 'given_by', 'notice_id', 'notice_version', 'notice_hash', 'notice'),
      ...operational('evidence', 'relationship', 'link_id', 'signature_id', 'recorded_by', 'recorded_at'),
      decision: 'sensitive',
      evidence_place: 'free-text',
    },
  },
  'screening.study': {
    purpose: 'protocol and allocation of a study',
    retention: study,
    columns: { ...tenant, ...operational('protocol', 'protocol_hash', 'allocation_seed', 'allocated_at', 'created_by', 'created_at') },
  },
  'screening.study_school': {
    purpose: 'which schools are in which arm',
    retention: study,
    columns: operational('county_id', 'study_id', 'school_id', 'arm'),
  },
  'screening.locator': {
    purpose: 'from a typed session number to its county',
    retention: 'one year',
    columns: operational('locator', 'county_id', 'school_id', 'session_id'),
  },
  'screening.session': {
    purpose: 'one class, one sitting',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational(
        'class_id',
        'study_id',
        'wave',
        'locator',
        'battery',
        'state',
        'wrong_codes',
        'created_by',
        'created_at',
        'opened_at',
        'closed_at',
        'planned_for',
        'proctor_id',
        'second_factor',
      ),
      place: 'free-text',
    },
  },
  'screening.duty': {
    purpose: 'who answers for the flags of a school on a day, and who stands in',
    retention: schoolYears,
    columns: { ...ofSchool, ...operational('from_day', 'to_day', 'owner_id', 'deputy_id', 'made_by', 'made_at') },
  },
  'screening.trial_alert': {
    purpose: 'proof that a call reaches a person on duty',
    retention: schoolYears,
    columns: { ...ofSchool, ...operational('account_id', 'sent_by', 'sent_at', 'confirmed_at') },
  },
  'screening.capacity': {
    purpose: 'how many pupils the counsellors of a school can see in a day',
    retention: schoolYears,
    columns: { ...ofSchool, ...operational('per_day', 'stated_by', 'stated_at') },
  },
  'screening.seat': {
    purpose: "a pupil's place in a session",
    retention: study,
    columns: {
      ...ofSchool,
      ...operational(
        'session_id',
        'participant_id',
        'number',
        'token_expires_at',
        'state',
        'started_at',
        'finished_at',
        'absence',
        'at_item',
        'of_items',
        'paused',
        'seen_at',
        'held_at',
        'turn',
        'heard',
        'wrong_factors',
        'withdrawn_at',
      ),
      initial: 'quasi-identifier',
      code_hash: 'sensitive',
      factor_hash: 'sensitive',
      token_hash: 'sensitive',
    },
  },
  'screening.session_note': {
    purpose: 'what happened in the room: noise, interruptions, questions read aloud',
    retention: study,
    columns: { ...ofSchool, ...operational('session_id', 'seat_id', 'kind', 'noted_by', 'noted_at'), words: 'free-text' },
  },
  'screening.so_far': {
    purpose: 'what a pupil has answered so far, so that a risk answer is seen and another machine goes on where she stopped',
    retention: 'until her sheet is handed in or consent is withdrawn; else fourteen days, and then the next end of a session in her school',
    columns: {
      ...operational(
        'county_id',
        'seat_id',
        'school_id',
        'turn',
        'revision',
        'answered',
        'asked',
        'started_at',
        'answered_at',
        'received_at',
      ),
      answers: 'sensitive',
    },
  },
  'screening.submission': {
    purpose: 'what was answered, and the scores of that day',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational(
        'seat_id',
        'session_id',
        'participant_id',
        'study_id',
        'wave',
        'language',
        'ended',
        'started_at',
        'finished_at',
        'received_at',
        'restricted_at',
      ),
      sheets: 'sensitive',
      scores: 'sensitive',
      quality: 'sensitive',
    },
  },
  'screening.submission_past': {
    purpose: 'what a corrected sheet said before',
    retention: study,
    columns: {
      ...operational('county_id', 'submission_id', 'revision', 'school_id', 'replaced_by', 'replaced_at'),
      sheets: 'sensitive',
      scores: 'sensitive',
    },
  },
  'screening.paper_entry': {
    purpose: 'what a clerk keyed from a paper sheet, and which clerk',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational('session_id', 'seat_id', 'submission_id', 'turn', 'entered_by', 'entered_at'),
      sheets: 'sensitive',
    },
  },
  'screening.paper_conflict': {
    purpose: 'where two readings of a paper sheet differ',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational('submission_id', 'instrument', 'version', 'item'),
      first_answer: 'sensitive',
      second_answer: 'sensitive',
    },
  },
  'screening.paper_decision': {
    purpose: 'which of two readings of a paper sheet holds, who decided it, and why',
    retention: study,
    columns: {
      ...operational('county_id', 'conflict_id', 'school_id', 'basis', 'decided_by', 'decided_at'),
      answer: 'sensitive',
      reason: 'free-text',
    },
  },
  'screening.receipt': {
    purpose: 'the same key gets the same receipt',
    retention: 'for ever',
    columns: operational('county_id', 'seat_id', 'idempotency_key', 'school_id', 'submission_id', 'body_hash', 'received_at', 'erased_at'),
  },
  'screening.care_case': {
    purpose: 'the care of a flagged pupil',
    retention: schoolYears,
    columns: { ...ofSchool, ...operational('opened_at', 'reviewed_at'), participant_id: 'sensitive', state: 'sensitive' },
  },
  'screening.flag': {
    purpose: 'an answer that a person has to look at',
    retention: schoolYears,
    columns: {
      ...ofSchool,
      ...operational(
        'submission_id',
        'seat_id',
        'case_id',
        'study_id',
        'wave',
        'instrument',
        'version',
        'answered_at',
        'raised_at',
        'due_at',
      ),
      participant_id: 'sensitive',
      rule: 'sensitive',
      kind: 'sensitive',
      urgency: 'sensitive',
      subject: 'sensitive',
      value: 'sensitive',
    },
  },
  'screening.flag_review': {
    purpose: 'who confirmed or dismissed a flag, and why',
    retention: schoolYears,
    columns: { ...ofSchool, ...operational('flag_id', 'reviewed_by', 'reviewed_at'), decision: 'sensitive', reason: 'free-text' },
  },
  'screening.export': {
    purpose: 'de-identified datasets that were made',
    retention: study,
    columns: { ...tenant, ...operational('study_id', 'dataset_hash', 'row_count', 'participant_count', 'created_by', 'created_at') },
  },
  'screening.export_file': {
    purpose: 'the files of a de-identified dataset',
    retention: study,
    columns: { ...operational('county_id', 'export_id', 'name'), content: 'sensitive' },
  },
  'screening.report': {
    purpose: 'effect reports that were made',
    retention: study,
    columns: { ...tenant, ...operational('study_id', 'export_id', 'record', 'pages', 'created_by', 'created_at') },
  },
  'screening.audit_event': {
    purpose: 'who did and who saw what',
    retention: record,
    columns: { ...ofSchool, ...operational('account_id', 'actor', 'action', 'subject', 'subject_ids', 'details', 'occurred_at') },
  },
  'screening.kit': {
    purpose: 'which copies of a school went out to a laptop, by whom and until when',
    retention: record,
    columns: {
      ...ofSchool,
      ...operational('side', 'recipient', 'file_hash', 'counts', 'made_by', 'made_at', 'valid_until', 'taken_at'),
      secret: 'sensitive',
    },
  },
  'screening.kit_day': {
    purpose: 'which days of a laptop were written and came home',
    retention: record,
    columns: { ...ofSchool, ...operational('kit_id', 'counter', 'side', 'file_hash', 'counts', 'handled_by', 'written_at', 'handled_at') },
  },
  'screening.kit_version': {
    purpose: 'what the county’s server has had of a row, so that a laptop overwrites nothing',
    retention: schoolYears,
    columns: {
      ...operational('county_id', 'kit_id', 'table_name', 'row_key', 'school_id', 'columns', 'counter'),
      fingerprint: 'sensitive',
    },
  },
  'screening.kit_conflict': {
    purpose: 'what came home beside what stood here, until and after somebody decides',
    retention: study,
    columns: {
      ...ofSchool,
      ...operational('kit_id', 'day_id', 'table_name', 'row_key', 'found_at'),
      fingerprint: 'sensitive',
      ours: 'sensitive',
      theirs: 'sensitive',
    },
  },
  'identity.kit_conflict': {
    purpose: 'a name that came home beside the one that stood here',
    retention: schoolYears,
    columns: {
      ...ofSchool,
      ...operational('kit_id', 'day_id', 'table_name', 'row_key', 'found_at'),
      fingerprint: 'sensitive',
      ours: 'direct-identifier',
      theirs: 'direct-identifier',
    },
  },
  'screening.kit_conflict_decision': {
    purpose: 'which of two versions holds, who decided it, and why',
    retention: study,
    columns: { ...operational('county_id', 'conflict_id', 'school_id', 'decision', 'decided_by', 'decided_at'), reason: 'free-text' },
  },
  'screening.kit_upload': {
    purpose: 'a sealed day on its way over a bad line',
    retention: 'until it is taken in, or thirty days',
    columns: { ...tenant, ...operational('file_hash', 'size', 'received', 'started_by', 'started_at') },
  },
  'screening.kit_upload_piece': {
    purpose: 'a piece of a sealed day',
    retention: 'until it is taken in, or thirty days',
    columns: { ...operational('county_id', 'upload_id', 'position'), content: 'sensitive' },
  },
}
