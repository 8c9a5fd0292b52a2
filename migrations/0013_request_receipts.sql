-- A request is known by a keyed digest of its key alone, and its answer is sealed under that key: the table opens to nobody.
-- `caller`: the login that did it and who called. `answer` is null until the transaction that did it commits.
drop table idempotency_key;
create table idempotency_key (
  caller text collate "C" not null,
  key bytea not null,
  request bytea not null,
  answer bytea,
  recorded_at timestamptz not null,
  primary key (caller, key)
);
create index on idempotency_key (recorded_at);
