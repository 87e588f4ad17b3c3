-- SAF-02: a pupil who says that she would like to talk to somebody raises a flag of its own, with or without a sheet.

alter table screening.flag alter column submission_id drop not null;
alter table screening.flag add column seat_id uuid;
alter table screening.flag drop constraint flag_kind_check;
alter table screening.flag add constraint flag_kind_check check (kind in ('item', 'unanswered', 'scale', 'request'));
alter table screening.flag add constraint flag_source check ((kind = 'request') = (submission_id is null) and (kind = 'request') = (seat_id is not null));
alter table screening.flag add foreign key (county_id, seat_id) references screening.seat (county_id, id);
create unique index one_request on screening.flag (county_id, seat_id) where kind = 'request';
