-- The ledger of permissions and prohibitions: a new line for each change, the newest of a channel holds.
create table marketing_permission (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  controller smallint not null references controller,
  channel text not null check (channel in ('email', 'sms', 'phone', 'post')),
  state text not null check (state in ('granted', 'prohibited', 'withdrawn')),
  text_version text,
  evidence text,
  restricted boolean not null default false,
  marketable smallint not null default 0,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index on marketing_permission (customer_id, controller, channel, id desc);
