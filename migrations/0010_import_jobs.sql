-- An import knows its layout, its place in a file of any format, its faults by kind, which file it mends, and how it was undone.
alter table import_job
  drop constraint import_job_state_check,
  add constraint import_job_state_check
    check (state in ('mapped', 'running', 'done', 'failed', 'stopped', 'undoing', 'undone', 'discarded')),
  add column header text[] not null default '{}',
  add column position jsonb,
  add column fault_kinds jsonb not null default '{}',
  add column mends bigint references import_job,
  add column rows_undone bigint not null default 0,
  add column rows_kept bigint not null default 0,
  add column undone_by text,
  add column undo_reason text;
create index on import_job (mends) where mends is not null;

alter table import_mapping
  add column source text not null default '',
  add column header text[] not null default '{}';
create index on import_mapping (header);

-- The rows of a file are those of the company that it was delivered for.
alter table import_fault add column controllers smallint check (controllers > 0);
update import_fault f set controllers = j.controllers from import_job j where j.id = f.job_id;
alter table import_fault alter column controllers set not null;

create table import_sample (
  job_id bigint not null references import_job,
  row_number bigint not null,
  outcome text not null check (outcome in ('new', 'changed', 'same')),
  cells text[] not null,
  fields text[] not null,
  controllers smallint not null check (controllers > 0),
  primary key (job_id, row_number)
);

-- Undoing opens again what was closed, puts back what was replaced on its own day, and tells what is left because it is newer.
alter table import_trace
  drop constraint import_trace_did_check,
  add constraint import_trace_did_check check (did in ('inserted', 'closed', 'removed', 'changed')),
  add column was jsonb,
  add column restricted boolean not null default false,
  add column protected boolean not null default false,
  add column controllers smallint not null default 3 check (controllers > 0),
  add column kept text;
alter table import_trace alter column controllers drop default;
