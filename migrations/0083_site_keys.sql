-- A home is found by its address in either language: folded keys in byte order, as the search of people has them, which the row policies leave in use.
-- Kept by the database itself, so that no writer of sites can forget them.

-- Digits and letters stand apart, so that `12b3`, `12 B 3` and `12B 3` are one home. The same as homeKey() of chapters/sites/rules.ts.
create function home_key(street text, number text, staircase text, apartment text) returns text language sql immutable parallel safe return
  regexp_replace(regexp_replace(
    fold_text(street || ' ' || coalesce(number, '') || ' ' || coalesce(staircase, '') || ' ' || coalesce(apartment, '')),
    '([0-9])([a-z])', '\1 \2', 'g'), '([a-z])([0-9])', '\1 \2', 'g');

alter table site
  add column key_fi text collate "C" generated always as (home_key(street_fi, number, staircase, apartment)) stored,
  add column key_sv text collate "C" generated always as (home_key(street_sv, number, staircase, apartment)) stored;
create index on site (key_fi, id);
create index on site (key_sv, id);
