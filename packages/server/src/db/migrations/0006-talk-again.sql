-- SAF-02: a wish that is told after the first was looked at is a new one. One flag for each wish, which the time on the device tells apart.

drop index screening.one_request;
create unique index one_request on screening.flag (county_id, seat_id, answered_at) where kind = 'request';
