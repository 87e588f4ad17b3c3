-- SAF-12: what a pupil has answered so far reaches the server while she still answers, so that a risk answer is seen of a sheet that is never
-- handed in, and another machine goes on where she stopped. A seat has one such sheet, the latest; her finished sheet takes its place.

-- counts the sign-ins of a seat: of two machines the one that signed in later is where the pupil sits
alter table screening.seat add column turn int not null default 0;
grant update (turn) on screening.seat to tongxing_app;

create table screening.so_far (
  county_id uuid not null,
  seat_id uuid not null,
  school_id uuid not null,
  turn int not null,
  revision int not null,
  answers jsonb not null,
  answered int not null check (answered >= 0),
  asked int not null check (asked >= 0),
  started_at timestamptz not null,
  answered_at timestamptz not null,
  received_at timestamptz not null,
  primary key (county_id, seat_id),
  foreign key (county_id, seat_id) references screening.seat (county_id, id)
);
create policy by_school on screening.so_far using (county_id = (select screening.current_county())
  and school_id = any ((select screening.current_schools())::uuid[]));
alter table screening.so_far enable row level security;
alter table screening.so_far force row level security;
grant select, insert, update, delete on screening.so_far to tongxing_app;

-- A flag belongs to a seat. Its sheet may come later: then the flag is linked to it, and not raised a second time.
alter table screening.flag drop constraint flag_source;
alter table screening.flag no force row level security;
alter table screening.submission no force row level security;
update screening.flag as f set seat_id = s.seat_id
  from screening.submission as s where f.seat_id is null and s.county_id = f.county_id and s.id = f.submission_id;
alter table screening.flag force row level security;
alter table screening.submission force row level security;
alter table screening.flag alter column seat_id set not null;
alter table screening.flag add constraint flag_source check (kind <> 'request' or submission_id is null);
alter table screening.flag drop constraint flag_county_id_submission_id_instrument_rule_value_key;
-- one that is said again on another day, after somebody looked at the first, is another flag
create unique index one_flag_a_seat on screening.flag (county_id, seat_id, instrument, rule, value, answered_at) where kind <> 'request';
grant update (submission_id) on screening.flag to tongxing_app;
