-- How a sheet was answered: indices of each instrument, times of its items, aids. Null for a sheet that came on paper or before this was kept.
-- Nothing that raises, ranks or closes a flag reads it.

alter table screening.submission add column quality jsonb;
