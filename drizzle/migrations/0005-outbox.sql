-- What happened, for those who must hear of it later; and answers kept so that a repeated request is one act.

set role orinode_owner;

create table outbox_event (
  org uuid not null,
  id uuid not null,
  type text not null collate "C",
  payload jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (org, id)
);

create table idempotency_answer (
  org uuid not null,
  actor uuid not null,
  key_hash bytea not null check (octet_length(key_hash) = 32),
  id uuid not null,
  use_case text not null collate "C",
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  answer_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(answer_sealed)) stored,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  primary key (org, actor, key_hash)
);

call make_tenant_table('outbox_event');
call make_tenant_table('idempotency_answer');

grant select, insert on outbox_event, idempotency_answer to orinode_web;
grant select, insert on outbox_event to orinode_worker;
grant select, delete on idempotency_answer to orinode_web;
grant select, delete on idempotency_answer, session to orinode_reach;

reset role;

set role orinode_reach;

-- Kept answers past their day, and sessions that ended or ran out more than a day ago.
create function forget_expired() returns table (answers bigint, sessions bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  with gone_answers as (delete from idempotency_answer where expires_at < now() returning 1),
    gone_sessions as (delete from session where least(ended_at, expires_at) < now() - interval '1 day' returning 1)
  select (select count(*) from gone_answers), (select count(*) from gone_sessions)
$$;
revoke execute on function forget_expired() from public;
grant execute on function forget_expired() to orinode_worker;

reset role;
