-- What a proctor's board knows beside what was handed in: how far a pupil is, who is not here, what happened in the room.

alter table screening.seat
  add column absence text check (absence in ('absent', 'declined')),
  add column at_item int check (at_item >= 0),
  add column of_items int check (of_items >= 0),
  add column paused boolean not null default false,
  add column seen_at timestamptz,
  add column held_at timestamptz;
grant update (absence, at_item, of_items, paused, seen_at, held_at) on screening.seat to tongxing_app;

create table screening.session_note (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  session_id uuid not null,
  seat_id uuid,
  kind text not null check (kind in ('noise', 'interruption', 'read-aloud', 'other')),
  words text not null check (length(words) <= 300),
  noted_by uuid not null,
  noted_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, session_id) references screening.session (county_id, id),
  foreign key (county_id, seat_id) references screening.seat (county_id, id)
);
create index session_note_session on screening.session_note (county_id, session_id, noted_at);

create policy by_school on screening.session_note using (county_id = (select screening.current_county())
  and school_id = any ((select screening.current_schools())::uuid[]));
alter table screening.session_note enable row level security;
alter table screening.session_note force row level security;
grant select, insert on screening.session_note to tongxing_app;
