-- What a pupil answered and what it came to are kept as they were written, word for word. Only an offline kit, which carries whole rows, takes them apart
-- in the database; jsonb would do so, and put them together in an order of its own, with every sheet that comes.
drop trigger keep_past on screening.submission;
alter table screening.submission alter column sheets type json, alter column scores type json, alter column quality type json;
alter table screening.submission_past alter column sheets type json, alter column scores type json;
create trigger keep_past before update of sheets, scores on screening.submission
  for each row execute function screening.keep_past();
