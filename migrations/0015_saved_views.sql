-- Views of the queue and of the search: one's own, or shared with a role; after their removal kept a while, so that it can be undone.
alter table saved_view
  add column role text,
  add column removed_at timestamptz,
  drop constraint saved_view_staff_id_name_key;
create unique index on saved_view (staff_id, name) where removed_at is null;
create index on saved_view (role) where role is not null and removed_at is null;
