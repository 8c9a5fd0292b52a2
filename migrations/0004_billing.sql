-- Accounts for refunds. Invoices come with billing.
create table bank_account (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  iban bytea not null,
  blind bytea not null,
  last4 text not null,
  during daterange not null check (not isempty(during)),
  restricted boolean not null default false,
  controllers smallint not null check (controllers > 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (customer_id, blind, during without overlaps)
);
create index on bank_account (blind);
