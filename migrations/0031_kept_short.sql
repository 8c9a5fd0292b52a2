-- Files that are brought, and the rows of them that could not be taken in, are sealed under a key of each import. What lay unsealed goes: an import of
-- before that is not in the register yet is tried again from its file, and tells its faults anew.
delete from import_fault;
delete from import_sample;
alter table import_fault drop column cells, drop column faults, add column content bytea not null;
alter table import_sample drop column cells, drop column fields, add column content bytea not null;
-- Wrapped by the master key; null when the import is over and nothing of it is left to be mended.
alter table import_job
  add column data_key bytea,
  add column key_version smallint,
  add check ((data_key is null) = (key_version is null));

-- A view that nobody uses goes, since a search may hold somebody's name; one that is shared holds none.
alter table saved_view add column used_at timestamptz;
update saved_view set used_at = recorded_at;
alter table saved_view alter column used_at set not null;
update saved_view set role = null where address ~ '[?&]text=[^&]';

-- By what a sign-in at the company's provider is ended there as well; sealed, and gone with the session.
alter table staff_session add column provider_token bytea;
