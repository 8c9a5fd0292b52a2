-- Meters at their points, and what their registers showed. A meter that moves is a new row: a row is one meter at one point for a time.
create table meter (
  id bigint generated always as identity primary key,
  point_id integer not null,
  site_id bigint not null references site,
  energy text not null check (energy in ('electricity', 'heat', 'gas', 'steam')),
  kind text not null check (kind in ('main', 'check')),
  serial text collate "C" not null check (length(serial) between 1 and 50),
  multiplier integer not null default 1 check (multiplier > 0),
  registers text[] not null check (registers <@ array['energy', 'day', 'night', 'volume']),
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  foreign key (point_id, site_id, energy) references accounting_point (id, site_id, energy),
  unique (id, site_id),
  unique (point_id, kind, during without overlaps),
  -- No meter stands in two places at once.
  unique (energy, serial, during without overlaps),
  check (cardinality(registers) > 0)
);
create index on meter (site_id);

-- Whole numbers of the register's smallest unit: watt-hours of energy, litres of volume. Lines are added and never changed.
create table meter_reading (
  id bigint generated always as identity primary key,
  meter_id bigint not null,
  site_id bigint not null references site,
  register text not null check (register in ('energy', 'day', 'night', 'volume')),
  at timestamptz not null,
  value bigint not null check (value >= 0),
  kind text not null check (kind in ('first', 'last', 'periodic')),
  rolled_over boolean not null default false,
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  foreign key (meter_id, site_id) references meter (id, site_id),
  unique (meter_id, register, at)
);
create index on meter_reading (site_id);
