-- Consumption: a point's local day is one row, its values packed (chapters/metering/block.ts), with their sum beside them. Key order and format are decided by measurement
-- and cannot be undone: (day, point_id) makes a delivery an append. A correction moves what stood to reading_day_past.

create table reading_day (
  point_id integer not null references accounting_point,
  site_id bigint not null,
  day date not null,
  step smallint not null check (step in (15, 60)),
  total bigint not null,
  lacking smallint not null,
  vals bytea not null,
  quality bytea,
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers >= 0),
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (day, point_id)
) partition by range (day);

create table reading_day_earlier partition of reading_day for values from (minvalue) to ('2010-01-01');
create table reading_day_later partition of reading_day for values from ('2041-01-01') to (maxvalue);
do $$ begin
  for year in 2010..2040 loop
    execute format('create table reading_day_%s partition of reading_day for values from (%L) to (%L)',
      year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
  end loop;
end $$;

create table reading_day_past (
  point_id integer not null references accounting_point,
  site_id bigint not null,
  day date not null,
  step smallint not null check (step in (15, 60)),
  total bigint not null,
  lacking smallint not null,
  vals bytea not null,
  quality bytea,
  restricted boolean not null default false,
  protected boolean not null default false,
  controllers smallint not null check (controllers >= 0),
  version integer not null,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz not null,
  primary key (point_id, day, version)
);

-- The companies that served a point on a day: the network company whose it is, and each whose contract at the point covers the day.
create function serving_on(point integer, on_day date) returns smallint language sql stable parallel safe return
  coalesce((select bit_or(p.controllers & c.bit) from accounting_point p, controller c where p.id = point and c.market = 'network'), 0::smallint)
  | coalesce((select bit_or(c.controller) from contract c where c.point_id = point and c.during @> on_day), 0::smallint);

-- Values come in like any other rows of a file. Every kind that is known by now is named, in whatever order the migrations came to this database.
alter table import_job drop constraint import_job_kind_check;
alter table import_job add constraint import_job_kind_check
  check (kind in ('customers', 'sites', 'contracts', 'contacts', 'permissions', 'spot-prices', 'consumption'));
