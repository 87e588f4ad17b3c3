-- Besides her code a pupil may be asked for something that she alone of her class knows and the roster has too. The seat keeps a keyed hash of it,
-- made when the session is planned: at the door nobody reads a name or a birth date. Null where the roster does not know it; then it is not asked.
alter table screening.session add column second_factor text not null default 'none'
  check (second_factor in ('none', 'birth-day', 'student-number-tail'));
-- A birthday is one of 366: wrong answers are counted by seat, so that nobody finds another's by trying, nor locks the class out with it.
alter table screening.seat add column factor_hash text, add column wrong_factors int not null default 0;
grant update (factor_hash, wrong_factors) on screening.seat to tongxing_app;
