-- A sign-in holds as long as its round is the person's own: raising the round ends them all, in the statement that changes the person.
alter table staff
  add column sign_in_round integer not null default 1,
  add column first_password_until timestamptz,
  add column totp_pending bytea;
alter table staff_session add column sign_in_round integer not null default 1;
alter table staff_session alter column sign_in_round drop default;
