-- Words every later migration uses. Objects belong to orinode_owner (NOLOGIN); functions that must
-- see across organisations belong to orinode_reach (NOLOGIN BYPASSRLS).

set role orinode_owner;

-- UUIDv7 (RFC 9562 §5.7) where the database itself makes an id: milliseconds over the first six bytes of a v4, whose
-- version bits then turn from 4 to 7. No SET clause, so that it is inlined.
create function orinode_uuidv7() returns uuid
language sql volatile parallel safe
as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

-- The organisation this transaction runs as, or null: no policy lets null in.
create function app_org() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.org', true), '')::uuid $$;

-- A field sealed in format DF1: DF 01, u32 key version, salt, commitment, ciphertext, tag.
create domain sealed as bytea
  constraint is_df1 check (value is null or (octet_length(value) >= 78 and substr(value, 1, 2) = '\xdf01'::bytea));

-- The tenant key version a DF1 value was sealed under. No SET clause, so that it is inlined into the columns made of it.
create function sealed_version(value bytea) returns integer
language sql immutable parallel safe
as $$
  select (get_byte(value, 2) << 24) | (get_byte(value, 3) << 16) | (get_byte(value, 4) << 8) | get_byte(value, 5)
$$;

reset role;
