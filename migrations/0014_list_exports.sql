-- Lists that were taken out to one's own device; whom each held is in disclosure.
create table list_export (
  id uuid primary key,
  list text not null,
  form text not null check (form in ('csv', 'xlsx')),
  reason text not null,
  role text not null,
  purpose text not null,
  hat text not null,
  recipient text not null,
  categories text[] not null,
  at timestamptz not null,
  notice_hash bytea not null,
  recorded_by text not null
);
create index on list_export (at desc);

alter table disclosure add column list_export_id uuid references list_export on delete set null;
create index on disclosure (list_export_id, customer_id) where list_export_id is not null;
