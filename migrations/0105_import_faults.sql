-- A faulty row says by a word of its own what is wrong, so that faults are counted by reason, and stands behind the walls of the day that it tells of, where its
-- point is known. The point is no reference: a point that is taken away again leaves the faults of its values.
alter table import_fault
  add column reason text not null default 'other',
  add column point_id integer,
  add column site_id bigint,
  add column day date,
  add column restricted boolean not null default false,
  add column protected boolean not null default false,
  add check (num_nonnulls(point_id, site_id, day) in (0, 3));
alter table import_fault alter column reason drop default;
create index on import_fault (point_id) where point_id is not null;
create index on import_fault (site_id) where site_id is not null;

-- The faulty rows of an import are tried again, from what was kept of them.
alter table import_job
  drop constraint import_job_state_check,
  add constraint import_job_state_check
    check (state in ('mapped', 'running', 'done', 'failed', 'stopped', 'replaying', 'undoing', 'undone', 'discarded'));

-- What an import brought is found again to be undone: days come in the order of time, so that a summary of each range of pages is enough.
create index on reading_day using brin (recorded_at);
create index on reading_day_past using brin (recorded_at);
