-- Rosters from files: who left, who came from where, and which files were taken over. Run as tongxing_owner.

alter table screening.participant
  add column left_at timestamptz,
  add column transferred_from uuid,
  add foreign key (county_id, transferred_from) references screening.participant (county_id, id);
create index participant_school on screening.participant (county_id, school_id);
create index person_number on identity.person (county_id, student_number) where student_number is not null;
create index person_name on identity.person (county_id, name, birth_date);

-- A file that was taken over, so that the same click twice does it once. Of the file itself only its hash is kept.
create table screening.roster_import (
  county_id uuid not null,
  id uuid not null,
  school_id uuid,
  unit_id uuid not null,
  file_hash text not null,
  plan_hash text not null,
  request_hash text not null,
  counts jsonb not null,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, unit_id) references screening.unit (county_id, id),
  unique (county_id, request_hash)
);
create index roster_import_time on screening.roster_import (county_id, created_at);
alter table screening.roster_import enable row level security;
alter table screening.roster_import force row level security;
create policy by_county_and_school on screening.roster_import using (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));

grant select, insert on screening.roster_import to tongxing_app;
grant update (class_id, sex, birth_month, left_behind, left_at) on screening.participant to tongxing_app;
