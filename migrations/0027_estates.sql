-- What an estate takes over: its own row goes on from the one of the deceased, and leads back to it should they live after all.
alter table contract_party add column passed_from bigint references contract_party on delete set null;
alter table occupancy add column passed_from bigint references occupancy on delete set null;
create unique index on contract_party (passed_from) where passed_from is not null;
create unique index on occupancy (passed_from) where passed_from is not null;
