-- A seat remembers that it was heard before its sheet came (answers so far, flags), so that a sheet that is the first word of its seat need not ask.
alter table screening.seat add column heard boolean not null default false;
grant update (heard) on screening.seat to tongxing_app;
alter table screening.seat no force row level security;
alter table screening.so_far no force row level security;
alter table screening.flag no force row level security;
update screening.seat as t set heard = true where exists (select from screening.so_far s where s.county_id = t.county_id and s.seat_id = t.id)
  or exists (select from screening.flag f where f.county_id = t.county_id and f.seat_id = t.id and f.kind <> 'request');
alter table screening.seat force row level security;
alter table screening.so_far force row level security;
alter table screening.flag force row level security;

-- what a withdrawn seat hands in is restricted: looked up once for all sheets of a statement
drop trigger restrict_withdrawn on screening.submission;
create or replace function screening.restrict_withdrawn() returns trigger language plpgsql as $$
begin
  update screening.submission s set restricted_at = s.received_at
    from stored n join screening.seat t on t.county_id = n.county_id and t.id = n.seat_id
    where t.withdrawn_at is not null and s.county_id = n.county_id and s.id = n.id and s.restricted_at is null;
  return null;
end $$;
create trigger restrict_withdrawn after insert on screening.submission referencing new table as stored
  for each statement execute function screening.restrict_withdrawn();
grant update (restricted_at) on screening.submission to tongxing_app;

-- the sheets of a statement are stored together, each in a seat that is as they take it to be, or not at all
create function screening.require_open(every boolean) returns void language plpgsql as $$
begin
  if not every then raise exception 'a seat is not open for its sheet' using errcode = 'TX001'; end if;
end $$;
grant execute on function screening.require_open to tongxing_app;
