-- What is settled before a class is asked: when and where and by whom, who is on duty, whether a call reaches her, how many she can see.

-- A session of an older schema has neither: it was planned for when, and is run by whom, it was made.
alter table screening.session
  add column planned_for timestamptz,
  add column place text not null default '' check (length(place) <= 60),
  add column proctor_id uuid;
grant update (planned_for, place, proctor_id) on screening.session to tongxing_app;
create index session_time on screening.session (county_id, school_id, (coalesce(planned_for, created_at)));

-- SAF-04, SAF-08: for each day one owner and one deputy. Of two entries for a day the newer counts; none is ever changed.
create table screening.duty (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  from_day date not null,
  to_day date not null,
  owner_id uuid not null,
  deputy_id uuid not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id),
  check (from_day <= to_day),
  check (owner_id <> deputy_id)
);
create index duty_day on screening.duty (county_id, school_id, to_day);

-- SAF-08: a trial alert that was confirmed proves that a call reaches this person.
create table screening.trial_alert (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  account_id uuid not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id)
);
create index trial_alert_account on screening.trial_alert (county_id, account_id, sent_at);

-- SAF-17: how many pupils the counsellors of a school can see in a day. The newest statement counts.
create table screening.capacity (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  per_day int not null check (per_day between 0 and 500),
  stated_by uuid not null,
  stated_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id)
);
create index capacity_school on screening.capacity (county_id, school_id, stated_at);

do $$
declare t text;
begin
  foreach t in array array['screening.duty', 'screening.trial_alert', 'screening.capacity'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('grant select, insert on %s to tongxing_app', t);
  end loop;
end $$;
grant update (confirmed_at) on screening.trial_alert to tongxing_app;
