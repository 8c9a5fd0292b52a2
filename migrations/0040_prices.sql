-- What products cost from which day on, what is put on top by law, and the spot prices of the exchange. None of it is about a person.
alter table product
  add pricing text not null default 'open-ended' check (pricing in
    ('open-ended', 'fixed-term', 'spot', 'hybrid', 'general', 'day-night', 'season', 'demand', 'heat', 'gas', 'steam', 'connection')),
  add spot_area text collate "C",
  add spot_step smallint check (spot_step in (15, 60)),
  add term_months smallint check (term_months > 0),
  add check ((spot_area is null) = (spot_step is null));
update product set pricing = case when kind = 'connection' then 'connection' when energy = 'electricity' then pricing else energy end;

-- Amounts without VAT, whole: energy in 1/1,000 cent per kWh, fees in cents a month (per kW or m3/h where the unit says so), a share in per cent.
create table product_price (
  id bigint generated always as identity primary key,
  product_id bigint not null references product,
  component text not null check (component in
    ('monthly', 'energy', 'energy-day', 'energy-night', 'energy-winter', 'energy-other', 'margin', 'effect', 'demand', 'capacity')),
  -- The main fuse that the price is for; empty: whatever the size.
  size text collate "C" not null,
  unit text not null check (unit in ('month', 'kWh', 'kW-month', 'm3h-month', 'percent')),
  amount integer not null,
  vat_class text not null,
  tax_class text,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  version integer not null default 1,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (product_id, component, size, during without overlaps),
  check (unit = case component when 'monthly' then 'month' when 'effect' then 'percent' when 'demand' then 'kW-month' when 'capacity' then unit else 'kWh' end),
  check (component <> 'capacity' or unit in ('kW-month', 'm3h-month'))
);

-- VAT in tenths of a per cent; taxes and fees in 1/1,000 cent per kWh. Filled from server/data/rates.json at each start.
create table rate (
  id bigint generated always as identity primary key,
  kind text collate "C" not null check (kind in ('vat', 'electricity-tax', 'security-fee')),
  class text collate "C" not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  amount integer not null check (amount >= 0),
  source text not null,
  verified boolean not null,
  note text not null,
  unique (kind, class, during without overlaps)
);

-- A local day of an area: 1/1,000 cent per kWh without VAT, from the first step of the day on; null where no price has come. A correction is a version of
-- its own, and what it corrects is kept.
create table spot_day (
  area text collate "C" not null,
  day date not null,
  version integer not null check (version > 0),
  step smallint not null check (step in (15, 60)),
  prices integer[] not null,
  source text not null,
  received_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  primary key (area, day, version)
);
create unique index spot_day_current on spot_day (area, day) where replaced_at is null;

alter table import_job drop constraint import_job_kind_check;
alter table import_job add constraint import_job_kind_check check (kind in ('customers', 'sites', 'contracts', 'contacts', 'permissions', 'spot-prices'));
