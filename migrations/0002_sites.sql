-- Where energy is used, by which point it is measured, and who lives there when.
create table postcode (
  code text collate "C" primary key,
  post_office_fi text not null,
  post_office_sv text not null,
  municipality_code text not null,
  municipality_fi text not null,
  municipality_sv text not null
);

create table site (
  id bigint generated always as identity primary key,
  street_fi text not null,
  street_sv text,
  number text,
  staircase text,
  apartment text,
  postcode text collate "C" not null references postcode,
  use text not null check (use in ('permanent-dwelling', 'holiday-home', 'business', 'property', 'other')),
  heated_by_electricity boolean not null default false,
  building_id text,
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index on site (postcode);

create table accounting_point (
  id integer generated always as identity primary key,
  site_id bigint not null references site,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  code text collate "C" not null unique,
  kind text not null check (kind in ('consumption', 'production')),
  status text not null check (status in ('under-construction', 'connected', 'disconnected', 'removed')),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (energy <> 'electricity' or code ~ '^[0-9]{18}$')
);
create index on accounting_point (site_id);

create table connection (
  id bigint generated always as identity primary key,
  site_id bigint not null references site,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  main_fuse text,
  capacity_kw numeric(12, 3),
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (site_id, energy, during without overlaps)
);

create table occupancy (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  site_id bigint not null references site,
  role text not null check (role in ('holder', 'household', 'owner')),
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (site_id, customer_id, role, during without overlaps)
);
create index on occupancy (customer_id);
