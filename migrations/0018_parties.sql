-- What the desk changes of a party: names guarded against two editors, deaths that can be taken back, restrictions, and why an order of
-- protection was believed.
alter table customer drop constraint customer_stage_check;
alter table customer add constraint customer_stage_check check (stage in ('prospect', 'customer', 'former', 'representative'));

alter table customer_name add column version integer not null default 1;

alter table protection_order add column basis text;

create table death_report (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  deceased_on date not null,
  told_by text not null check (told_by in ('population-register', 'relative', 'estate', 'authority', 'other')),
  basis text,
  reversed_at timestamptz,
  reversed_by text,
  reversed_reason text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check ((reversed_at is null) = (reversed_reason is null))
);
create unique index on death_report (customer_id) where reversed_at is null;
create index on death_report (customer_id);

-- A guardian's task ends with the death of the one cared for; should they live after all, it goes on until the day it would have ended.
alter table representation add column end_reason text;
alter table representation add column ended_by_death bigint references death_report;
alter table representation add column would_end date;
create index on representation (ended_by_death);

create table restriction (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  ground text not null check (ground in ('accuracy', 'unlawful', 'claims', 'objection')),
  reason text not null,
  began_at timestamptz not null,
  told_on date,
  lifted_at timestamptz,
  lifted_by text,
  lifted_reason text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check ((lifted_at is null) = (lifted_reason is null))
);
create unique index on restriction (customer_id) where lifted_at is null;
create index on restriction (customer_id);
