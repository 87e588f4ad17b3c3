-- A seat is written again and again while a pupil sits there. With room left on its page the row stays on it, and its indexes are not touched.
alter table screening.seat set (fillfactor = 60);
