-- A request may be told of twice (read, then failed), so a line is known by its salt; `request` joins the lines of one request.
alter table access_event drop constraint access_event_request_seq_key;
create index on access_event (request);

-- Complete tiles: 256 hashes and their root; a tile of level 0 holds leaves, one of level 1 the roots of 256 such tiles, and so on.
-- The sealer fills it, from the leaves that there are. A line may go when its time is up: the proofs of its neighbours read this table.
drop table access_tile;
create table access_tile (
  level smallint not null,
  index bigint not null,
  root bytea not null,
  hashes bytea not null,
  primary key (level, index)
);
