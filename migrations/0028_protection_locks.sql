-- A lock that whoever serves a customer raises at the customer's word: it only closes, until the identity desk confirms or lifts it.
create table protection_lock (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  reason text not null,
  review_on date not null,
  settled_at timestamptz,
  settled_by text,
  outcome text check (outcome in ('confirmed', 'lifted')),
  settled_reason text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create unique index on protection_lock (customer_id) where settled_at is null;
create index on protection_lock (customer_id);
create index on protection_lock (review_on, id) where settled_at is null;
