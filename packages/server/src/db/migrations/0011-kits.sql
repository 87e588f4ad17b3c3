-- Offline kits: which copies of a school went out, which days came home, and what was found on both sides.

-- On the county's server a kit that was made, on the laptop the one that was taken. `secret` proves that a day comes from the laptop
-- that holds the kit; `recipient` is the public key that a day is encrypted to.
create table screening.kit (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  side text not null check (side in ('made', 'taken')),
  recipient text not null,
  secret text not null,
  file_hash text not null,
  counts jsonb not null,
  made_by uuid,
  made_at timestamptz not null,
  valid_until timestamptz not null,
  taken_at timestamptz,
  primary key (county_id, id)
);
create index kit_school on screening.kit (county_id, school_id, made_at);

-- A day: on the laptop one that was written, on the county's server one that came home. Each holds all that the earlier ones of its kit hold.
create table screening.kit_day (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  kit_id uuid not null,
  counter int not null check (counter > 0),
  side text not null check (side in ('written', 'received')),
  file_hash text not null,
  counts jsonb not null,
  handled_by uuid,
  written_at timestamptz not null,
  handled_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, kit_id) references screening.kit (county_id, id),
  unique (county_id, kit_id, file_hash)
);

-- On the laptop: each version of a row that the county's server gave or was given, as a fingerprint of these columns;
-- counter 0 is the kit, and each day has its own.
create table screening.kit_version (
  county_id uuid not null,
  kit_id uuid not null,
  table_name text not null,
  row_key text not null,
  fingerprint text not null,
  school_id uuid not null,
  columns text[] not null,
  counter int not null,
  primary key (county_id, kit_id, table_name, row_key, fingerprint),
  foreign key (county_id, kit_id) references screening.kit (county_id, id)
);

-- What stands here and what came home instead; nothing is overwritten. Names have a table of their own.
create table screening.kit_conflict (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  kit_id uuid not null,
  day_id uuid not null,
  table_name text not null,
  row_key text not null,
  fingerprint text not null,
  ours jsonb not null,
  theirs jsonb not null,
  found_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, kit_id) references screening.kit (county_id, id),
  unique (county_id, kit_id, table_name, row_key, fingerprint)
);
create table identity.kit_conflict (like screening.kit_conflict including all);
alter table identity.kit_conflict add foreign key (county_id, kit_id) references screening.kit (county_id, id);

create table screening.kit_conflict_decision (
  county_id uuid not null,
  conflict_id uuid not null,
  school_id uuid not null,
  decision text not null check (decision in ('ours', 'theirs')),
  reason text not null check (length(reason) between 1 and 300),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (county_id, conflict_id)
);

-- A day that is on its way over a bad line, piece by piece. It is gone as soon as it is taken in.
create table screening.kit_upload (
  county_id uuid not null,
  id uuid not null,
  file_hash text not null,
  size int not null check (size between 1 and 268435456),
  received int not null default 0,
  started_by uuid not null,
  started_at timestamptz not null,
  primary key (county_id, id),
  unique (county_id, file_hash, started_by)
);
create table screening.kit_upload_piece (
  county_id uuid not null,
  upload_id uuid not null,
  position int not null,
  content bytea not null,
  primary key (county_id, upload_id, position),
  foreign key (county_id, upload_id) references screening.kit_upload (county_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['screening.kit', 'screening.kit_day', 'screening.kit_version', 'screening.kit_conflict', 'identity.kit_conflict',
    'screening.kit_conflict_decision'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
  end loop;
  foreach t in array array['screening.kit_upload', 'screening.kit_upload_piece'] loop
    execute format('create policy by_county on %s using (county_id = (select screening.current_county()))', t);
  end loop;
  foreach t in array array['screening.kit', 'screening.kit_day', 'screening.kit_version', 'screening.kit_conflict', 'identity.kit_conflict',
    'screening.kit_conflict_decision', 'screening.kit_upload', 'screening.kit_upload_piece'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;

grant select, insert on screening.kit, screening.kit_day, screening.kit_version, screening.kit_conflict, screening.kit_conflict_decision to tongxing_app;
grant select, insert, delete on screening.kit_upload, screening.kit_upload_piece to tongxing_app;
grant update (received) on screening.kit_upload to tongxing_app;
grant select, insert on identity.kit_conflict to tongxing_identity;
