-- Who works in the register, with which roles, and how they proved who they are.
create table staff (
  id bigint generated always as identity primary key,
  login text collate "C" not null unique,
  name text not null,
  email text,
  unit text not null,
  language text not null check (language in ('fi', 'sv', 'en')),
  own_customer_id bigint,
  secrecy_committed_on date,
  state text not null check (state in ('invited', 'active', 'locked', 'ended')),
  password_hash text,
  password_must_change boolean not null default true,
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  recovery_hashes text[],
  oidc_subject text unique,
  failed_attempts smallint not null default 0,
  locked_until timestamptz,
  version integer not null default 1,
  recorded_at timestamptz not null,
  recorded_by text not null
);

create table staff_role (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff,
  role text not null,
  during daterange not null check (not isempty(during)),
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (staff_id, role, during without overlaps)
);

create table staff_session (
  id bytea primary key,
  staff_id bigint not null references staff,
  role text,
  hat text,
  stage text not null check (stage in ('password', 'enrol', 'complete')),
  user_agent text,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index on staff_session (staff_id, started_at desc);

create table api_token (
  id bigint generated always as identity primary key,
  name text not null,
  hash bytea not null unique,
  role text not null,
  purpose text not null,
  hat text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  recorded_at timestamptz not null,
  recorded_by text not null
);

create table saved_view (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff,
  name text not null,
  address text not null,
  recorded_at timestamptz not null,
  unique (staff_id, name)
);

create table idempotency_key (
  caller text collate "C" not null,
  key text collate "C" not null,
  request_hash bytea not null,
  status smallint,
  answer bytea,
  recorded_at timestamptz not null,
  primary key (caller, key)
);

create table register_version (
  id integer generated always as identity primary key,
  notice_hash bytea not null,
  sql_hash bytea not null,
  version text not null,
  register_yaml text not null,
  law_yaml text not null,
  applied_at timestamptz not null
);
