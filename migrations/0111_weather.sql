-- Heating degree days and temperatures of stations as they are published, and which station an area takes. None of it is about a person.

-- Of a day or a month, and of a month of the normal year (the mean over the years of `during`), in tenths of a degree day.
create table degree_days (
  station text collate "C" not null check (length(station) between 1 and 60),
  kind text not null check (kind in ('day', 'month', 'normal')),
  -- Of the normal year; nought of all else.
  month smallint not null check (month between 0 and 12),
  during daterange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  version integer not null check (version > 0),
  amount integer not null check (amount between 0 and 30000),
  source text not null,
  received_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  primary key (station, kind, during, month, version),
  check ((kind = 'normal') = (month > 0))
);
create unique index degree_days_current on degree_days (station, kind, during, month) where replaced_at is null;

-- Tenths of a degree: the hours of a local day, or its one mean; null where none has come.
create table temperature_day (
  station text collate "C" not null check (length(station) between 1 and 60),
  day date not null,
  step smallint not null check (step in (60, 1440)),
  version integer not null check (version > 0),
  temperatures integer[] not null,
  source text not null,
  received_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  primary key (station, day, step, version)
);
create unique index temperature_day_current on temperature_day (station, day, step) where replaced_at is null;

create table weather_area (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('municipality', 'postcode', 'grid-area')),
  code text collate "C" not null check (length(code) between 1 and 20),
  station text collate "C" not null check (length(station) between 1 and 60),
  during daterange not null check (not isempty(during)),
  source text not null,
  received_at timestamptz not null,
  recorded_by text not null,
  unique (kind, code, during without overlaps)
);
