-- Everything in this database is made up: said by the data themselves, whatever command serves them. One row or none, and never taken back.

create table tongxing.simulated (
  sole boolean primary key default true check (sole),
  since timestamptz not null
);
grant usage on schema tongxing to tongxing_identity;
grant select, insert on tongxing.simulated to tongxing_identity;
