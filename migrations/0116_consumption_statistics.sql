-- Whole months of large groups, made once each by the machinery: no row tells of anyone. By the company whose days it sums, and by what is used for what.
create table consumption_statistic (
  id bigint generated always as identity primary key,
  controller smallint not null,
  month date not null,
  energy text not null,
  use text not null,
  heated_by_electricity boolean not null,
  holders integer not null check (holders > 0),
  days integer not null check (days > 0),
  wh bigint not null,
  least integer not null,
  made_at timestamptz not null,
  unique (controller, month, energy, use, heated_by_electricity)
);
