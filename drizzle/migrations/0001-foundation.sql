-- Words every later migration uses. Objects belong to orinode_owner (NOLOGIN); functions that must
-- see across organisations belong to orinode_reach (NOLOGIN BYPASSRLS).

set role orinode_owner;

-- UUIDv7 (RFC 9562 §5.7) where the database itself makes an id.
create function orinode_uuidv7() returns uuid
language sql volatile parallel safe set search_path = pg_catalog
as $$
  select (
    lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7' || substr(r, 14, 3) || substr('89ab', 1 + get_byte(decode(substr(r, 1, 2), 'hex'), 0) % 4, 1) || substr(r, 18, 15)
  )::uuid
  from replace(gen_random_uuid()::text || '0000', '-', '') as r
$$;

-- The organisation this transaction runs as, or null: no policy lets null in.
create function app_org() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.org', true), '')::uuid $$;

-- A field sealed in format DF1: DF 01, u32 key version, salt, commitment, ciphertext, tag.
create domain sealed as bytea
  constraint is_df1 check (value is null or (octet_length(value) >= 78 and substr(value, 1, 2) = '\xdf01'::bytea));

-- The tenant key version a DF1 value was sealed under.
create function sealed_version(value bytea) returns integer
language sql immutable strict parallel safe set search_path = pg_catalog
as $$
  select (get_byte(value, 2) << 24) | (get_byte(value, 3) << 16) | (get_byte(value, 4) << 8) | get_byte(value, 5)
$$;

reset role;
