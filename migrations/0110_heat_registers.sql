-- What the registers of a heat meter showed, a point's local day at a time, and what flowed through by the hour (chapters/metering/heat/block.ts). Consumption itself is
-- made of the differences and lies with all other in reading_day. By point first: a reading is compared with the one before it, on whatever day that was.
create table heat_day (
  point_id integer not null references accounting_point,
  site_id bigint not null,
  day date not null,
  version integer not null default 1 check (version > 0),
  shown bytea not null,
  flow bytea not null,
  volume bigint,
  supply bigint,
  back bigint,
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers >= 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  primary key (point_id, day, version),
  check (num_nonnulls(volume, supply, back) in (0, 3))
);
create unique index heat_day_current on heat_day (point_id, day) where replaced_at is null;

-- A register that has shown its last number begins again from nothing: after as many digits before the decimal as are said here, of kWh, m3 and m3 x °C.
alter table meter add digits smallint check (digits between 3 and 12);

-- Which kinds there are is said by the code that takes them in: a list had to be repeated by every migration that brings a kind.
alter table import_job drop constraint import_job_kind_check;
alter table import_job add constraint import_job_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
