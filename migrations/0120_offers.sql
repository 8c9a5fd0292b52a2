-- What was offered to whom, what became of it, and the proof of each step. A contract that its customer withdrew from before it began never was in force:
-- its period is empty, which a constraint without overlaps does not take; so the overlaps are refused by exclusion instead.
alter table contract
  drop constraint contract_during_check,
  drop constraint contract_point_id_kind_during_key,
  add exclude using gist (point_id with =, kind with =, during with &&),
  add consumer boolean,
  add withdrawal_until date,
  add early_delivery boolean not null default false,
  add after_term text check (after_term in ('continues', 'ends')),
  add withdrawn_on date,
  add check (not isempty(during) or withdrawn_on is not null);

alter table contract_party
  drop constraint contract_party_during_check,
  drop constraint contract_party_contract_id_customer_id_role_during_key,
  add exclude using gist (contract_id with =, customer_id with =, role with =, during with &&);

create table offer (
  id bigint generated always as identity primary key,
  number text collate "C" not null unique,
  controller smallint not null references controller,
  customer_id bigint not null references customer,
  site_id bigint not null references site,
  point_id integer references accounting_point,
  product_id bigint not null references product,
  consumer boolean not null,
  channel text not null check (channel in ('call', 'call-unasked', 'online', 'visit', 'doorstep', 'letter', 'email')),
  language text not null check (language in ('fi', 'sv', 'en')),
  starts_on date not null,
  fixed_until date,
  after_term text check (after_term in ('continues', 'ends')),
  terms_version text not null,
  -- As they stood when it was made: a list of components, and what they would have made of a year.
  prices jsonb not null,
  year_cost jsonb,
  valid_until date not null,
  state text not null check (state in ('drafted', 'sent', 'accepted', 'declined', 'withdrawn')),
  sent_on date,
  contract_id bigint references contract,
  -- The contract that ends on the day on which the offered one begins.
  replaces_id bigint references contract,
  restricted boolean not null default false,
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check ((state = 'accepted') = (contract_id is not null)),
  check (state in ('drafted', 'withdrawn') or sent_on is not null),
  check ((fixed_until is null) = (after_term is null))
);
create index on offer (customer_id, id desc);
create index on offer (site_id);
create index on offer (point_id) where point_id is not null;
create index on offer (product_id);
create index on offer (contract_id) where contract_id is not null;
create index on offer (replaces_id) where replaces_id is not null;

create table agreement_step (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer,
  controller smallint not null references controller,
  offer_id bigint references offer,
  contract_id bigint references contract,
  step text not null check (step in ('drafted', 'sent', 'accepted', 'declined', 'withdrawn', 'confirmed', 'cancelled', 'terminated', 'told')),
  on_day date not null,
  how text not null check (how in ('call', 'email', 'letter', 'sms', 'portal', 'signed', 'visit', 'desk')),
  reference text,
  -- What was sent, word for word.
  content text,
  restricted boolean not null default false,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (num_nonnulls(offer_id, contract_id) > 0)
);
create index on agreement_step (customer_id);
create index on agreement_step (offer_id) where offer_id is not null;
create index on agreement_step (contract_id) where contract_id is not null;
