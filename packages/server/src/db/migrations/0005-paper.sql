-- Sheets that were answered on paper: what each clerk keyed, where two readings differ, what was decided, and what a correction replaced.
-- A submission with an entry came from paper. Nothing in these tables is ever changed or deleted by the application.

create table screening.paper_entry (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  session_id uuid not null,
  seat_id uuid not null,
  submission_id uuid not null,
  turn int not null check (turn in (1, 2)),
  sheets jsonb not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, session_id) references screening.session (county_id, id),
  foreign key (county_id, seat_id) references screening.seat (county_id, id),
  foreign key (county_id, submission_id) references screening.submission (county_id, id),
  unique (county_id, submission_id, turn),
  unique (county_id, submission_id, entered_by)
);
create index paper_entry_session on screening.paper_entry (county_id, session_id);

create table screening.paper_conflict (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  submission_id uuid not null,
  instrument text not null,
  version text not null,
  item text not null,
  first_answer jsonb not null,
  second_answer jsonb not null,
  primary key (county_id, id),
  foreign key (county_id, submission_id) references screening.submission (county_id, id),
  unique (county_id, submission_id, instrument, item)
);

create table screening.paper_decision (
  county_id uuid not null,
  conflict_id uuid not null,
  school_id uuid not null,
  answer jsonb not null,
  basis text not null check (basis in ('third-person', 'paper')),
  reason text not null check (length(reason) between 1 and 300),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (county_id, conflict_id),
  foreign key (county_id, conflict_id) references screening.paper_conflict (county_id, id)
);

-- PRIV-06: what a corrected submission said before, for ever. The database itself keeps it, so that no correction is silent.
create table screening.submission_past (
  county_id uuid not null,
  submission_id uuid not null,
  revision int not null,
  school_id uuid not null,
  sheets jsonb not null,
  scores jsonb not null,
  replaced_by uuid,
  replaced_at timestamptz not null,
  primary key (county_id, submission_id, revision),
  foreign key (county_id, submission_id) references screening.submission (county_id, id)
);

create function screening.keep_past() returns trigger language plpgsql as $$
begin
  insert into screening.submission_past
    select old.county_id, old.id, 1 + count(*), old.school_id, old.sheets, old.scores, screening.current_account(), now()
    from screening.submission_past where county_id = old.county_id and submission_id = old.id;
  return new;
end $$;
create trigger keep_past before update of sheets, scores on screening.submission
  for each row execute function screening.keep_past();

-- SAF-14: what a correction changes is raised beside what was raised before, and takes nothing away
alter table screening.flag drop constraint flag_county_id_submission_id_instrument_rule_key;
alter table screening.flag add unique (county_id, submission_id, instrument, rule, value);

do $$
declare t text;
begin
  foreach t in array array['screening.paper_entry', 'screening.paper_conflict', 'screening.paper_decision', 'screening.submission_past'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('grant select, insert on %s to tongxing_app', t);
  end loop;
end $$;
grant update (sheets, scores) on screening.submission to tongxing_app;
