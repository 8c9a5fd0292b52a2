-- What people are found by: folded keys in byte order, so that a b-tree range answers a prefix and row policies leave the index in use.
-- Unlogged: rebuilt from the other tables, by search_refresh for a few people and by search_rebuild after a crash has emptied them.

-- The same as fold() of platform/text.ts.
create function fold_text(written text) returns text language sql immutable strict parallel safe return
  btrim(regexp_replace(
    replace(replace(
      translate(
        regexp_replace(lower(normalize(written, nfkd) collate pg_c_utf8), '[\u0300-\u036f]', '', 'g'),
        'øæđðłı''’´`', 'oaddli'),
      'ß', 'ss'), 'þ', 'th') collate pg_c_utf8,
    '[^[:alnum:]]+', ' ', 'g'));

-- The orders in which a name is typed. A person: family name first, each given name first. A company: from each of its words on, legal form off.
create function name_keys(given text, call_name text, family text, organisation text) returns setof text
  language sql immutable parallel safe as $keys$
  with part as (
    select fold_text(family) as f, fold_text(given) as g, fold_text(call_name) as c,
           array(select word from unnest(string_to_array(fold_text(organisation), ' ')) word
                  where word not in ('oy', 'oyj', 'ab', 'abp', 'ky', 'kb', 'ry', 'rf', 'tmi')) as words
  )
  select concat_ws(' ', f, g) from part where f is not null
  union select concat_ws(' ', g, f) from part where f is not null
  union select concat_ws(' ', f, c) from part where f is not null and c is not null
  union select concat_ws(' ', one, f) from part, unnest(string_to_array(g, ' ')) one where f is not null
  union select concat_ws(' ', one, g) from part, unnest((string_to_array(f, ' '))[2:]) one
  union select array_to_string(words[i:] || words[:i - 1], ' ') from part, generate_subscripts(words, 1) i
$keys$;

create unlogged table search_name (
  customer_id bigint not null,
  key text collate "C" not null,
  former boolean not null,
  restricted boolean not null,
  marketable smallint not null,
  controllers smallint not null
);
create index on search_name (key, customer_id);
create index on search_name (customer_id);

create unlogged table search_contact (
  customer_id bigint not null,
  key text collate "C" not null,
  former boolean not null,
  restricted boolean not null,
  protected boolean not null,
  marketable smallint not null,
  controllers smallint not null
);
create index on search_contact (key, customer_id);
create index on search_contact (customer_id);

create unlogged table search_address (
  customer_id bigint not null,
  key text collate "C" not null,
  post_office text collate "C" not null,
  postcode text collate "C" not null,
  former boolean not null,
  restricted boolean not null,
  protected boolean not null,
  marketable smallint not null,
  controllers smallint not null
);
create index on search_address (key, customer_id);
create index on search_address (postcode, customer_id);
create index on search_address (customer_id);

create unlogged table search_site (
  customer_id bigint not null,
  key text collate "C" not null,
  post_office text collate "C" not null,
  postcode text collate "C" not null,
  former boolean not null,
  restricted boolean not null,
  protected boolean not null,
  controllers smallint not null
);
create index on search_site (key, customer_id);
create index on search_site (postcode, customer_id);
create index on search_site (customer_id);
