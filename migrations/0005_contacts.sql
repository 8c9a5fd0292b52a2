-- Every contact with a customer, and how sure we were of who it was.
create table contact (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  at timestamptz not null,
  direction text not null check (direction in ('in', 'out', 'internal')),
  channel text not null check (channel in ('call', 'email', 'chat', 'letter', 'visit', 'note')),
  topics text[] not null,
  outcome text check (outcome in ('answered', 'promised', 'forwarded', 'unreached', 'none')),
  body bytea,
  site_id bigint references site,
  contract_id bigint references contract,
  follow_up_on date,
  followed_up_at timestamptz,
  staff_id bigint,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index on contact (customer_id, at desc, id desc);
create index on contact (follow_up_on, id) where followed_up_at is null and follow_up_on is not null;
create index on contact (site_id) where site_id is not null;
create index on contact (contract_id) where contract_id is not null;

create table caller_verification (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  contact_id bigint references contact,
  level smallint not null check (level between 0 and 3),
  passed text[] not null,
  failed text[] not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  staff_id bigint not null,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0)
);
create index on caller_verification (customer_id, started_at desc);
create index on caller_verification (contact_id) where contact_id is not null;
