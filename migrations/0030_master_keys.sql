-- What a master key made says which key it was: two bytes before it. Until now there was one alone that blind indexes, tokens and second factors rested on.
-- While one key takes over from another, a code is found under both: of odd-numbered keys in one column, of even-numbered in the other. Each is unique, and any
-- two processes of the register know one key in common, so that nobody is taken in twice meanwhile.
update identity_code set blind = '\x0001'::bytea || blind;
alter table identity_code
  alter column blind drop not null,
  add column blind_even bytea unique,
  add check (num_nonnulls(blind, blind_even) > 0);

update bank_account set blind = '\x0001'::bytea || blind;
alter table bank_account
  alter column blind drop not null,
  add column blind_even bytea,
  add check (num_nonnulls(blind, blind_even) > 0),
  add unique (customer_id, blind_even, during without overlaps);
create index on bank_account (blind_even);

update api_token set hash = '\x0001'::bytea || hash;
update staff set totp_secret = '\x0001'::bytea || totp_secret, totp_pending = '\x0001'::bytea || totp_pending;
update idempotency_key set key = '\x0001'::bytea || key;
