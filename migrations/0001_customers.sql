-- Parties and what is known of them. Periods are half-open; the walls (controllers, restricted, protected) stand on each row,
-- so that a row policy never looks through another table.
create extension if not exists btree_gist;

create table controller (
  bit smallint primary key,
  id text not null unique,
  name text not null,
  business_id text,
  market text not null check (market in ('retailer', 'network'))
);

create table customer (
  id bigint generated always as identity primary key,
  number text collate "C" not null unique,
  kind text not null check (kind in ('natural', 'legal', 'estate')),
  stage text not null check (stage in ('prospect', 'customer', 'former')),
  language text not null check (language in ('fi', 'sv', 'en')),
  birth_date date,
  business_id text collate "C",
  deceased_on date,
  death_source text,
  death_recorded_at timestamptz,
  estate_of bigint references customer,
  merged_into bigint references customer,
  protected boolean not null default false,
  restricted boolean not null default false,
  marketable smallint not null default 0,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (kind <> 'legal' or (birth_date is null and deceased_on is null)),
  check (merged_into <> id)
);
create index on customer (merged_into) where merged_into is not null;
create index on customer (estate_of) where estate_of is not null;
create index on customer (business_id) where business_id is not null;

create table customer_name (
  id bigint generated always as identity unique,
  customer_id bigint not null references customer,
  kind text not null check (kind in ('official', 'former', 'trade')),
  given text,
  call_name text,
  family text,
  organisation text,
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  marketable smallint not null default 0,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (customer_id, kind, during without overlaps),
  check (num_nonnulls(family, organisation) = 1)
);

create table identity_code (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  code bytea not null,
  blind bytea not null unique,
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (customer_id, during without overlaps)
);

create table contact_point (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  channel text not null check (channel in ('phone', 'email')),
  value text not null,
  use text not null check (use in ('main', 'work', 'invoicing', 'other')),
  during daterange not null check (not isempty(during)),
  verified_at timestamptz,
  verified_how text,
  restricted boolean not null default false,
  marketable smallint not null default 0,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (customer_id, channel, value, during without overlaps)
);

create table postal_address (
  id bigint generated always as identity unique,
  customer_id bigint not null references customer,
  kind text not null check (kind in ('home', 'mailing', 'invoicing', 'contact')),
  care_of text,
  street text not null,
  postcode text collate "C" not null,
  post_office text not null,
  country text not null default 'FI',
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  marketable smallint not null default 0,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (customer_id, kind, during without overlaps)
);

create table representation (
  id bigint generated always as identity primary key,
  represented_id bigint not null references customer,
  representative_id bigint not null references customer,
  kind text not null check (kind in ('guardian', 'continuing-power', 'power-of-attorney', 'contact-person', 'estate-representative', 'custodian')),
  scope text[] not null check (scope <@ array['contracts', 'invoicing', 'connections', 'faults', 'data', 'everything'] and cardinality(scope) > 0),
  during daterange not null check (not isempty(during)),
  evidence text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (represented_id, representative_id, kind, during without overlaps),
  check (represented_id <> representative_id)
);
create index on representation (representative_id);

create table protection_order (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  granted_by text not null check (granted_by in ('customer', 'population-register', 'datahub')),
  during daterange not null check (not isempty(during)),
  review_on date,
  lifted_at timestamptz,
  lifted_by text,
  lifted_reason text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index on protection_order (customer_id);

create table customer_duplicate (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  other_id bigint not null references customer,
  evidence text[] not null,
  weight smallint not null,
  state text not null check (state in ('open', 'not-same', 'merged')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  unique (customer_id, other_id),
  check (customer_id < other_id)
);
create index on customer_duplicate (other_id);
create index on customer_duplicate (weight desc, id) where state = 'open';

create table customer_merge (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  merged_id bigint not null references customer,
  evidence text[] not null,
  reason text not null,
  proposed_by text not null,
  approved_by text,
  merged_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  undone_reason text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  check (customer_id <> merged_id)
);
create index on customer_merge (customer_id);
create index on customer_merge (merged_id);

create table customer_merge_review (
  id bigint generated always as identity primary key,
  merge_id bigint not null references customer_merge,
  customer_id bigint not null references customer,
  table_name text not null,
  row_id bigint not null,
  state text not null check (state in ('open', 'stays', 'moved')),
  decided_at timestamptz,
  decided_by text,
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  unique (merge_id, table_name, row_id)
);
create index on customer_merge_review (customer_id);

create table subject_key (
  customer_id bigint primary key,
  wrapped bytea not null,
  key_version smallint not null,
  made_at timestamptz not null
);
