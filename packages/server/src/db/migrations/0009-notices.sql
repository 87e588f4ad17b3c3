-- What guardians are told before they decide, who answered which text of it, and links for guardians who work away (PRIV-03, PRIV-05).

create table screening.notice (
  county_id uuid not null,
  id uuid not null,
  school_id uuid,
  purpose text not null check (purpose in ('screening', 'follow-up', 'research', 'sharing')),
  party text,
  texts jsonb not null,
  state text not null check (state in ('draft', 'published')),
  version int,
  renews boolean,
  hash text,
  created_by uuid not null,
  created_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, school_id) references screening.unit (county_id, id),
  check ((purpose = 'sharing') = (party is not null)),
  check (state = 'draft' or (version is not null and renews is not null and hash is not null and published_at is not null))
);
create unique index notice_version on screening.notice (county_id, school_id, purpose, party, version) nulls not distinct
  where state = 'published';

alter table screening.notice enable row level security;
alter table screening.notice force row level security;
create policy seen on screening.notice for select using (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));
create policy written on screening.notice for insert with check (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));
-- what was published is never changed again
create policy drafted on screening.notice for update using (county_id = (select screening.current_county()) and state = 'draft'
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])))
  with check (county_id = (select screening.current_county())
  and (school_id is null or school_id = any ((select screening.current_schools())::uuid[])));
grant select, insert on screening.notice to tongxing_app;
grant update (texts, state, version, renews, hash, published_by, published_at) on screening.notice to tongxing_app;
grant select on screening.notice to tongxing_export;

create table screening.consent_link (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  participant_id uuid not null,
  initial text not null,
  asks jsonb not null,
  token_hash text not null,
  code_hash text not null,
  wrong_codes int not null default 0,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  revoked_at timestamptz,
  primary key (county_id, id),
  unique (county_id, token_hash),
  foreign key (county_id, participant_id) references screening.participant (county_id, id)
);
create index consent_link_participant on screening.consent_link (county_id, participant_id, created_at);

create table identity.consent_signature (
  county_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  participant_id uuid not null,
  name text not null,
  signed_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, participant_id) references screening.participant (county_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['screening.consent_link', 'identity.consent_signature'] loop
    execute format('create policy by_school on %s using (county_id = (select screening.current_county())
      and school_id = any ((select screening.current_schools())::uuid[]))', t);
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;
-- whoever holds a link reads that one row before anybody knows the school
create policy held on screening.consent_link for select using (county_id = (select screening.current_county())
  and token_hash = nullif(current_setting('tongxing.consent_link', true), ''));
grant select, insert on screening.consent_link to tongxing_app;
grant update (wrong_codes, answered_at, revoked_at) on screening.consent_link to tongxing_app;
grant select, insert on identity.consent_signature to tongxing_identity;

alter table screening.consent drop constraint consent_purpose_check;
alter table screening.consent add constraint consent_purpose_check check (purpose in ('screening', 'follow-up', 'research', 'sharing'));
alter table screening.consent alter column recorded_by drop not null;
alter table screening.consent
  add column party text,
  add column notice uuid,
  add column evidence text check (evidence in ('paper', 'spoken', 'remote')),
  add column evidence_place text check (length(evidence_place) <= 200),
  add column relationship text check (relationship in ('parent', 'other-guardian')),
  add column link_id uuid,
  add column signature_id uuid,
  add constraint consent_party check ((purpose = 'sharing') = (party is not null)),
  add constraint consent_source check ((recorded_by is null) = (link_id is not null)),
  add foreign key (county_id, notice) references screening.notice (county_id, id),
  add foreign key (county_id, link_id) references screening.consent_link (county_id, id),
  add foreign key (county_id, signature_id) references identity.consent_signature (county_id, id);

-- a seat whose pupil may not be asked any more, and a sheet that came in all the same
alter table screening.seat add column withdrawn_at timestamptz;
grant update (withdrawn_at) on screening.seat to tongxing_app;
alter table screening.submission add column restricted_at timestamptz;

create function screening.restrict_withdrawn() returns trigger language plpgsql as $$
begin
  new.restricted_at := coalesce(new.restricted_at, (select new.received_at from screening.seat t
    where t.county_id = new.county_id and t.id = new.seat_id and t.withdrawn_at is not null));
  return new;
end $$;
create trigger restrict_withdrawn before insert on screening.submission for each row execute function screening.restrict_withdrawn();
