-- The two schemas, the staff directory, and the tables of the first walk from a questionnaire to care and to evidence.
-- Tenant tables carry county_id first in every key; ids are made by the application. Run as tongxing_owner.

create schema identity;
create schema screening;
revoke all on schema identity, screening from public;

create function screening.current_county() returns uuid language sql stable
  return nullif(current_setting('tongxing.county_id', true), '')::uuid;

create function screening.current_schools() returns uuid[] language sql stable
  return string_to_array(nullif(current_setting('tongxing.school_ids', true), ''), ',')::uuid[];

create function screening.current_account() returns uuid language sql stable
  return nullif(current_setting('tongxing.account_id', true), '')::uuid;

-- identity: who people are ------------------------------------------------------------------------------------------

create table identity.account (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  display_name text not null,
  password_hash text,
  totp_secret text,
  totp_last_step bigint not null default 0,
  state text not null check (state in ('invited', 'pending', 'active', 'disabled')),
  created_at timestamptz not null
);

create table identity.invitation (
  token_hash text primary key,
  account_id uuid references identity.account,
  purpose text not null check (purpose in ('set-up', 'invitation', 'sign-in-link')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create unique index one_open_set_up on identity.invitation (purpose) where purpose = 'set-up' and used_at is null;

create table identity.staff_session (
  token_hash text primary key,
  account_id uuid not null references identity.account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);

create table identity.role_grant (
  county_id uuid not null,
  id uuid not null,
  account_id uuid not null references identity.account,
  role text not null check (role in ('administrator', 'principal', 'counsellor', 'proctor', 'researcher')),
  unit_id uuid not null,
  created_at timestamptz not null,
  primary key (county_id, id),
  unique (county_id, account_id, role, unit_id)
);

create table identity.person (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  participant_id uuid not null,
  name text not null,
  student_number text,
  birth_date date not null,
  created_at timestamptz not null,
  primary key (county_id, id),
  unique (county_id, participant_id)
);
create unique index person_student_number on identity.person (county_id, school_id, student_number) where student_number is not null;

-- screening: what was asked and answered, by pseudonym ----------------------------------------------------------------

create table screening.unit (
  county_id uuid not null,
  id uuid not null,
  parent_id uuid,
  school_id uuid,
  kind text not null check (kind in ('county', 'township', 'village', 'school', 'grade', 'class')),
  name text not null,
  code text,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, parent_id) references screening.unit (county_id, id),
  check ((kind = 'county') = (parent_id is null)),
  check ((kind in ('school', 'grade', 'class')) = (school_id is not null))
);
create unique index unit_name on screening.unit (county_id, parent_id, name);

alter table identity.role_grant add foreign key (county_id, unit_id) references screening.unit (county_id, id);

create table screening.participant (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  class_id uuid not null,
  sex text not null check (sex in ('female', 'male')),
  birth_month date not null,
  left_behind boolean,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, class_id) references screening.unit (county_id, id)
);
create index participant_class on screening.participant (county_id, class_id);

alter table identity.person add foreign key (county_id, participant_id) references screening.participant (county_id, id);

create table screening.consent (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  participant_id uuid not null,
  purpose text not null check (purpose in ('screening', 'follow-up', 'research')),
  given_by text not null check (given_by in ('guardian', 'pupil')),
  decision text not null check (decision in ('given', 'refused', 'withdrawn')),
  notice_id text not null,
  notice_version text not null,
  notice_hash text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, participant_id) references screening.participant (county_id, id)
);
create index consent_participant on screening.consent (county_id, participant_id, purpose, given_by, recorded_at);

create table screening.study (
  county_id uuid not null,
  id uuid not null,
  protocol jsonb not null,
  protocol_hash text not null,
  allocation_seed bigint,
  allocated_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (county_id, id)
);
create unique index study_protocol_id on screening.study (county_id, (protocol ->> 'id'));

create table screening.study_school (
  county_id uuid not null,
  study_id uuid not null,
  school_id uuid not null,
  arm text,
  primary key (county_id, study_id, school_id),
  foreign key (county_id, study_id) references screening.study (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id)
);

-- A pupil types a locator before anyone knows her county: the one directory that is the same on every shard.
create table screening.locator (
  locator text primary key,
  county_id uuid not null,
  school_id uuid not null,
  session_id uuid not null
);

create table screening.session (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  class_id uuid not null,
  study_id uuid not null,
  wave text not null,
  locator text not null,
  battery jsonb not null,
  state text not null check (state in ('planned', 'open', 'closed')),
  wrong_codes int not null default 0,
  created_by uuid not null,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, class_id) references screening.unit (county_id, id),
  foreign key (county_id, study_id) references screening.study (county_id, id),
  unique (county_id, study_id, wave, class_id)
);

create table screening.seat (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  session_id uuid not null,
  participant_id uuid not null,
  number int not null,
  initial text,
  code_hash text,
  token_hash text,
  token_expires_at timestamptz,
  state text not null check (state in ('not-started', 'started', 'submitted', 'stopped')),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, session_id) references screening.session (county_id, id),
  foreign key (county_id, participant_id) references screening.participant (county_id, id),
  unique (county_id, session_id, participant_id),
  unique (county_id, session_id, number),
  unique (county_id, session_id, code_hash)
);

create table screening.submission (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  seat_id uuid not null,
  session_id uuid not null,
  participant_id uuid not null,
  study_id uuid not null,
  wave text not null,
  language text not null,
  ended text not null check (ended in ('finished', 'stopped')),
  sheets jsonb not null,
  scores jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  received_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, seat_id) references screening.seat (county_id, id),
  unique (county_id, seat_id)
);
create index submission_study on screening.submission (county_id, study_id, wave);
create index submission_participant on screening.submission (county_id, participant_id, received_at);

-- Outlives the submission: a key is answered the same way for ever, also after erasure.
create table screening.receipt (
  county_id uuid not null,
  seat_id uuid not null,
  idempotency_key text not null,
  school_id uuid not null,
  submission_id uuid not null,
  body_hash text not null,
  received_at timestamptz not null,
  erased_at timestamptz,
  primary key (county_id, seat_id, idempotency_key)
);

create table screening.care_case (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  participant_id uuid not null,
  state text not null check (state in ('open', 'reviewed')),
  opened_at timestamptz not null,
  reviewed_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, participant_id) references screening.participant (county_id, id)
);
create unique index one_open_case on screening.care_case (county_id, participant_id) where state = 'open';

create table screening.flag (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  submission_id uuid not null,
  participant_id uuid not null,
  case_id uuid,
  study_id uuid not null,
  wave text not null,
  instrument text not null,
  version text not null,
  rule text not null,
  kind text not null check (kind in ('item', 'unanswered', 'scale')),
  urgency text not null check (urgency in ('immediate', 'prompt', 'routine')),
  subject text not null,
  value text not null,
  answered_at timestamptz not null,
  raised_at timestamptz not null,
  due_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, submission_id) references screening.submission (county_id, id),
  foreign key (county_id, participant_id) references screening.participant (county_id, id),
  foreign key (county_id, case_id) references screening.care_case (county_id, id),
  unique (county_id, submission_id, instrument, rule)
);
create index flag_case on screening.flag (county_id, case_id);

create table screening.flag_review (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  flag_id uuid not null,
  decision text not null check (decision in ('confirmed', 'dismissed')),
  reason text not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, flag_id) references screening.flag (county_id, id)
);
create index flag_review_flag on screening.flag_review (county_id, flag_id, reviewed_at);

create table screening.export (
  county_id uuid not null,
  id uuid not null,
  study_id uuid not null,
  dataset_hash text not null,
  row_count int not null,
  participant_count int not null,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, study_id) references screening.study (county_id, id)
);

create table screening.export_file (
  county_id uuid not null,
  export_id uuid not null,
  name text not null,
  content text not null,
  primary key (county_id, export_id, name),
  foreign key (county_id, export_id) references screening.export (county_id, id)
);

create table screening.report (
  county_id uuid not null,
  id uuid not null,
  study_id uuid not null,
  export_id uuid not null,
  record jsonb not null,
  pages jsonb not null,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, export_id) references screening.export (county_id, id)
);

create table screening.audit_event (
  county_id uuid not null,
  id uuid not null,
  school_id uuid,
  account_id uuid,
  actor text not null,
  action text not null,
  subject text not null,
  subject_ids uuid[] not null,
  details jsonb not null,
  occurred_at timestamptz not null,
  primary key (county_id, id)
);
create index audit_event_time on screening.audit_event (county_id, occurred_at);

-- row-level security: by county, and by school where a row belongs to one ----------------------------------------------

do $$
declare t text;
begin
  foreach t in array array['screening.participant', 'screening.consent', 'screening.session', 'screening.seat', 'screening.submission',
    'screening.receipt', 'screening.care_case', 'screening.flag', 'screening.flag_review', 'screening.study_school', 'identity.person'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
  end loop;
  foreach t in array array['screening.study', 'screening.export', 'screening.export_file', 'screening.report'] loop
    execute format('create policy by_county on %s using (county_id = (select screening.current_county()))', t);
  end loop;
  foreach t in array array['screening.participant', 'screening.consent', 'screening.session', 'screening.seat', 'screening.submission',
    'screening.receipt', 'screening.care_case', 'screening.flag', 'screening.flag_review', 'screening.study_school', 'identity.person',
    'screening.unit', 'screening.study', 'screening.export', 'screening.export_file', 'screening.report',
    'screening.audit_event', 'screening.locator', 'identity.role_grant'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;

create policy by_county_and_school on screening.audit_event using (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));
create policy by_county_and_school on screening.unit using (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));
-- which schools somebody may see is worked out from the whole county's directory
create policy directory on screening.unit for select to tongxing_identity using (county_id = (select screening.current_county()));
-- nobody reads more than the locator that was typed
create policy typed on screening.locator for select using (locator = nullif(current_setting('tongxing.locator', true), ''));
create policy by_school on screening.locator for insert with check (county_id = (select screening.current_county())
  and school_id = any ((select screening.current_schools())::uuid[]));
create policy own_or_county on identity.role_grant using (county_id = (select screening.current_county())
  or account_id = (select screening.current_account()));

-- grants: the application owns nothing, reads names only as tongxing_identity, exports without any right on identity ----

grant usage on schema screening to tongxing_app, tongxing_identity, tongxing_export;
grant usage on schema identity to tongxing_identity;
grant execute on all functions in schema screening to tongxing_app, tongxing_identity, tongxing_export;

grant select, insert on screening.unit, screening.participant, screening.consent, screening.study, screening.study_school,
  screening.locator, screening.session, screening.seat, screening.submission, screening.receipt, screening.care_case, screening.flag,
  screening.flag_review, screening.audit_event to tongxing_app;
grant update (name, code) on screening.unit to tongxing_app;
grant update (allocation_seed, allocated_at) on screening.study to tongxing_app;
grant update (arm) on screening.study_school to tongxing_app;
grant update (state, wrong_codes, opened_at, closed_at) on screening.session to tongxing_app;
grant update (initial, code_hash, token_hash, token_expires_at, state, started_at, finished_at) on screening.seat to tongxing_app;
grant update (state, reviewed_at) on screening.care_case to tongxing_app;
grant update (case_id) on screening.flag to tongxing_app;
grant select on screening.export, screening.report to tongxing_app;
grant insert on screening.report to tongxing_app;
grant select on screening.export_file to tongxing_app;

grant select, insert, update on identity.account, identity.invitation, identity.staff_session to tongxing_identity;
grant select, insert, delete on identity.role_grant to tongxing_identity;
grant select, insert, update on identity.person to tongxing_identity;

grant select on screening.unit, screening.participant, screening.consent, screening.study, screening.study_school, screening.session,
  screening.submission to tongxing_export;
grant insert, select on screening.export, screening.export_file to tongxing_export;
grant insert on screening.audit_event to tongxing_export;
