-- What was agreed, by which legal entity, with whom, and for how long.
create table product (
  id bigint generated always as identity primary key,
  controller smallint not null references controller,
  code text not null unique,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  kind text not null check (kind in ('connection', 'network', 'sales')),
  name_fi text not null,
  name_sv text not null,
  name_en text not null,
  on_sale daterange not null
);

create table contract (
  id bigint generated always as identity primary key,
  number text collate "C" not null unique,
  controller smallint not null references controller,
  kind text not null check (kind in ('connection', 'network', 'sales')),
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  site_id bigint not null references site,
  point_id integer references accounting_point,
  product_id bigint not null references product,
  during daterange not null check (not isempty(during)),
  fixed_until date,
  terms_version text not null,
  agreed_at timestamptz,
  agreed_how text,
  end_reason text,
  restricted boolean not null default false,
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (point_id, kind, during without overlaps),
  exclude using gist (site_id with =, energy with =, during with &&) where (kind = 'connection'),
  check ((kind = 'connection') = (point_id is null))
);
create index on contract (site_id);
create index on contract (product_id);

create table contract_party (
  id bigint generated always as identity primary key,
  contract_id bigint not null references contract,
  customer_id bigint not null references customer,
  role text not null check (role in ('holder', 'co-holder', 'payer')),
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  controller smallint not null references controller,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (contract_id, customer_id, role, during without overlaps)
);
create index on contract_party (customer_id);
