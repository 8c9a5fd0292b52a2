-- What came in from elsewhere, row by row, and what left.
create table import_mapping (
  id bigint generated always as identity primary key,
  name text not null unique,
  kind text not null,
  columns jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);

create table import_job (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('customers', 'sites', 'contracts', 'contacts', 'permissions')),
  file_name text not null,
  sha256 bytea not null,
  stored_as text not null,
  source text not null,
  controllers smallint not null check (controllers > 0),
  columns jsonb not null,
  dry_run boolean not null,
  state text not null check (state in ('mapped', 'running', 'done', 'failed', 'undone', 'stopped')),
  bytes_total bigint not null,
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_same bigint not null default 0,
  rows_faulty bigint not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  failure text,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index on import_job (recorded_at desc);

create table import_fault (
  job_id bigint not null references import_job,
  row_number bigint not null,
  cells text[] not null,
  faults jsonb not null,
  mended_at timestamptz,
  primary key (job_id, row_number)
);

create table import_trace (
  job_id bigint not null references import_job,
  table_name text not null,
  row_id bigint not null,
  customer_id bigint not null,
  did text not null check (did in ('inserted', 'closed')),
  row_version integer,
  primary key (job_id, table_name, row_id)
);
create index on import_trace (customer_id);

create table external_key (
  source text collate "C" not null,
  key text collate "C" not null,
  customer_id bigint not null references customer,
  sha256 bytea not null,
  recorded_at timestamptz not null,
  primary key (source, key)
);
create index on external_key (customer_id);

create table disclosure (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  recipient text not null,
  purpose text not null,
  categories text[] not null,
  what text not null,
  at timestamptz not null,
  notice_hash bytea not null,
  recorded_by text not null
);
create index on disclosure (customer_id, at desc);
