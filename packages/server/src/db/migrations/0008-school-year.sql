-- The administrative place of a county, school years that turn over, and where each pupil was when. Run as tongxing_owner.

-- A school year makes classes and retires those of the year before, so that a session of last year still names last year's class.
-- made_by and retired_by name the year and are no foreign keys: units travel to an offline kit's laptop, school years do not.
alter table screening.unit
  add column prefecture text,
  add column made_by uuid,
  add column retired_by uuid,
  add column retired_at timestamptz,
  add check ((retired_by is null) = (retired_at is null));
drop index screening.unit_name;
create unique index unit_name on screening.unit (county_id, parent_id, name) where retired_at is null;
grant update (prefecture, retired_by, retired_at) on screening.unit to tongxing_app;

create table screening.school_year (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  label text not null check (label ~ '^\d{4}-\d{4}$'),
  counts jsonb not null,
  made_by uuid not null,
  made_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id),
  check ((undone_by is null) = (undone_at is null))
);
-- the same year twice is refused by the database itself
create unique index school_year_once on screening.school_year (county_id, school_id, label) where undone_at is null;

create table screening.enrolment (
  county_id uuid not null,
  participant_id uuid not null,
  number int not null,
  school_id uuid not null,
  class_id uuid not null,
  from_at timestamptz not null,
  came text not null,
  came_by uuid,
  came_from text,
  to_at timestamptz,
  went text,
  went_by uuid,
  went_to text,
  primary key (county_id, participant_id, number),
  foreign key (county_id, participant_id) references screening.participant (county_id, id),
  foreign key (county_id, class_id) references screening.unit (county_id, id),
  foreign key (county_id, came_by) references screening.school_year (county_id, id),
  foreign key (county_id, went_by) references screening.school_year (county_id, id),
  check (came in ('enrolled', 'promoted', 'repeated', 'moved', 'transferred', 'returned', 'taken-back')),
  check (went in ('promoted', 'repeated', 'moved', 'left', 'graduated', 'transferred', 'taken-back')),
  check ((to_at is null) = (went is null))
);
create index enrolment_class on screening.enrolment (county_id, class_id);
create unique index enrolment_open on screening.enrolment (county_id, participant_id) where to_at is null;

-- whoever is known already: the class of today stands for the time before
alter table screening.participant no force row level security;
insert into screening.enrolment (county_id, participant_id, number, school_id, class_id, from_at, came, to_at, went)
  select county_id, id, 1, school_id, class_id, created_at, case when transferred_from is null then 'enrolled' else 'transferred' end,
    left_at, case when left_at is null then null else 'left' end
  from screening.participant;
alter table screening.participant force row level security;

-- The database itself keeps the history, so that no way of moving a pupil can forget it. Whoever moves pupils may say why, until the
-- transaction ends: tongxing.deed, tongxing.year, tongxing.elsewhere, tongxing.now.
create function screening.told(what text) returns text language sql stable
  return nullif(current_setting('tongxing.' || what, true), '');

create function screening.enrol() returns trigger language plpgsql as $$
begin
  insert into screening.enrolment (county_id, participant_id, number, school_id, class_id, from_at, came, came_by, came_from, to_at, went)
    select county_id, id, 1, school_id, class_id, created_at, case when transferred_from is null then 'enrolled' else 'transferred' end,
      screening.told('year')::uuid, screening.told('elsewhere'), left_at, case when left_at is null then null else 'left' end
    from added;
  return null;
end $$;
create trigger enrol after insert on screening.participant
  referencing new table as added for each statement execute function screening.enrol();

create function screening.follow() returns trigger language plpgsql as $$
declare
  deed text := screening.told('deed');
  moment timestamptz := coalesce(screening.told('now')::timestamptz, now());
begin
  update screening.enrolment e
    set to_at = greatest(moment, e.from_at), went_by = screening.told('year')::uuid, went_to = screening.told('elsewhere'),
      went = coalesce(deed, case when n.left_at is null then 'moved' else 'left' end)
    from became n join was w on w.county_id = n.county_id and w.id = n.id
    where e.county_id = n.county_id and e.participant_id = n.id and e.to_at is null
      and (n.class_id <> w.class_id or n.left_at is not null);
  insert into screening.enrolment (county_id, participant_id, number, school_id, class_id, from_at, came, came_by)
    select n.county_id, n.id, 1 + (select max(number) from screening.enrolment e where e.county_id = n.county_id and e.participant_id = n.id),
      n.school_id, n.class_id, moment, coalesce(deed, case when w.left_at is null then 'moved' else 'returned' end), screening.told('year')::uuid
    from became n join was w on w.county_id = n.county_id and w.id = n.id
    where n.left_at is null and (n.class_id <> w.class_id or w.left_at is not null);
  return null;
end $$;
create trigger follow after update on screening.participant
  referencing old table as was new table as became for each statement execute function screening.follow();

do $$
declare t text;
begin
  foreach t in array array['screening.school_year', 'screening.enrolment'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('grant select, insert on %s to tongxing_app', t);
  end loop;
end $$;
grant update (undone_by, undone_at) on screening.school_year to tongxing_app;
grant update (to_at, went, went_by, went_to) on screening.enrolment to tongxing_app;
grant execute on function screening.told(text) to tongxing_app;
