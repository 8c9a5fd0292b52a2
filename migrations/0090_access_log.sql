-- The access log: append-only lines, sealed in batches under an RFC 6962 tree. `id` is the leaf's index. Times are passed in.
create table access_event (
  id bigint primary key,
  request uuid not null,
  seq integer not null,
  at timestamptz not null,
  actor text not null,
  role text not null,
  purpose text not null,
  hat text not null,
  subject_id bigint,
  categories text[] not null,
  endpoint text not null,
  because text,
  outcome text not null check (outcome in ('read', 'listed', 'written', 'refused', 'failed')),
  notice_hash text not null,
  salt bytea not null,
  leaf bytea not null,
  unique (request, seq)
);
create index on access_event (subject_id, id desc) where subject_id is not null;
create index on access_event (actor, id desc);
create index on access_event (at);

-- `frontier` holds the roots of the perfect subtrees from the left: all that is needed to go on.
create table access_batch (
  size bigint primary key,
  frontier bytea not null,
  at timestamptz not null
);

-- Roots of complete subtrees of 256 leaves, so that a proof reads few rows.
create table access_tile (
  index bigint primary key,
  root bytea not null
);

create table access_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  at timestamptz not null
);
