-- What the migrations made, as PostgreSQL writes it back: written when they have run, compared at every start.
create table schema_structure (
  kind text not null,
  name text not null,
  value text not null,
  primary key (kind, name)
);
