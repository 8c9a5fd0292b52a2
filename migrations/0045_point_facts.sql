-- What holds of an accounting point changes over time, and each change keeps what was: the facts of a point by period, and what it is estimated to use in a year.
-- The energy stands on each row, so that a check can allow a column for its energy alone; the reference keeps it that of the point.
alter table accounting_point add unique (id, site_id, energy);

create table point_facts (
  id bigint generated always as identity primary key,
  point_id integer not null,
  site_id bigint not null references site,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  during daterange not null check (not isempty(during)),
  metering_method text not null check (metering_method in ('continuous', 'reading', 'unmetered')),
  resolution_minutes smallint check (resolution_minutes in (15, 60)),
  subtype text check (subtype in ('normal', 'property', 'own-use', 'virtual')),
  grid_area text collate "C" check (grid_area ~ '^[0-9]{2}Y[0-9A-Z-]{12}[0-9A-Z]$'),
  remote_switch boolean,
  electric_heating boolean,
  user_group text check (user_group ~ '^[0-9A-Z]{1,4}$'),
  tax_class smallint check (tax_class between 0 and 2),
  netting boolean,
  contract_flow numeric(9, 3) check (contract_flow > 0),
  contract_power numeric(9, 3) check (contract_power > 0),
  calorific_value numeric(6, 3) check (calorific_value > 0),
  pressure_correction numeric(8, 5) check (pressure_correction > 0),
  pressure_class text check (length(pressure_class) between 1 and 20),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  foreign key (point_id, site_id, energy) references accounting_point (id, site_id, energy),
  unique (point_id, during without overlaps),
  check ((metering_method = 'continuous') = (resolution_minutes is not null)),
  check (energy = 'electricity' or num_nonnulls(subtype, grid_area, remote_switch, electric_heating, user_group, tax_class, netting) = 0),
  check (energy = 'heat' or num_nonnulls(contract_flow, contract_power) = 0),
  check (energy = 'gas' or num_nonnulls(calorific_value, pressure_correction) = 0),
  check (energy = 'steam' or pressure_class is null),
  check (num_nonnulls(contract_flow, contract_power) <= 1)
);
create index on point_facts (site_id);

create table annual_estimate (
  id bigint generated always as identity primary key,
  point_id integer not null,
  site_id bigint not null references site,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  band text not null check (band in ('whole', 'day', 'night', 'winter-day', 'other')),
  wh bigint not null check (wh >= 0),
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  foreign key (point_id, site_id, energy) references accounting_point (id, site_id, energy),
  unique (point_id, band, during without overlaps),
  check (energy = 'electricity' or band = 'whole')
);
create index on annual_estimate (site_id);
