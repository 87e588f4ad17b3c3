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

-- what a withdrawn seat hands in is restricted: by whoever says so, who has the seat in his hands, and else by looking it up, sheet by sheet
drop trigger restrict_withdrawn on screening.submission;
create trigger restrict_withdrawn before insert on screening.submission for each row
  when (coalesce(current_setting('tongxing.restricts', true), '') <> 'yes') execute function screening.restrict_withdrawn();

-- the sheets of a statement are stored together, each in a seat that is as they take it to be, or not at all
create function screening.require_open(every boolean) returns void language plpgsql as $$
begin
  if not every then raise exception 'a seat is not open for its sheet' using errcode = 'TX001'; end if;
end $$;
grant execute on function screening.require_open to tongxing_app;
