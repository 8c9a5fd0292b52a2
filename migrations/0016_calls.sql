-- A call rings before anyone knows whose it is; once a customer is picked it is a contact, in which the caller is verified.
create table incoming_call (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  number text collate "C",
  reference text collate "C",
  rings_at bigint,
  taken_by bigint,
  contact_id bigint references contact,
  ended_at timestamptz,
  done_at timestamptz,
  controllers smallint not null check (controllers > 0),
  recorded_by text not null,
  unique (reference, controllers),
  check ((taken_by is null) = (contact_id is null))
);
create index on incoming_call (at) where contact_id is null and ended_at is null;
create index on incoming_call (taken_by) where done_at is null and taken_by is not null;
create index on incoming_call (contact_id) where contact_id is not null;

-- One verification in a contact, and for whom the caller acts.
alter table caller_verification add representation_id bigint references representation;
create index on caller_verification (representation_id) where representation_id is not null;
drop index caller_verification_contact_id_idx;
create unique index caller_verification_contact on caller_verification (contact_id);

-- The topics of late, by which the chips of the next contact are ordered.
create index on contact (at desc);
