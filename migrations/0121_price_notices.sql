-- Changes of price that customers are told of beforehand, whom each was told to and by what proof. Without proof in time the former price goes on for that contract.
create table price_change (
  id bigint generated always as identity primary key,
  product_id bigint not null references product,
  from_day date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (product_id, from_day)
);

create table price_notice (
  id bigint generated always as identity primary key,
  price_change_id bigint not null references price_change,
  contract_id bigint not null references contract,
  customer_id bigint not null references customer,
  controller smallint not null references controller,
  consumer boolean not null,
  language text not null check (language in ('fi', 'sv', 'en')),
  -- The last day on which it may reach them for the price to begin on its day.
  notify_by date not null,
  -- SHA-256 of the text in their language, hexadecimal.
  content_hash text not null,
  delivered_on date,
  how text check (how in ('email', 'letter', 'sms', 'portal', 'signed')),
  reference text,
  restricted boolean not null default false,
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (price_change_id, contract_id),
  check ((delivered_on is null) = (how is null))
);
create index on price_notice (contract_id);
create index on price_notice (customer_id);
