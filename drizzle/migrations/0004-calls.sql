-- Calls, their turns and the events they were made of. The caller's digits have no column of their own:
-- a keyed token, the country and the last three, and a sealed value that exists only while masking is off.

set role orinode_owner;

-- No foreign key to organisation here: each insert would lock that one row, and the policy already allows no other value
-- than the organisation the transaction runs as.
create table call (
  org uuid not null,
  id uuid not null,
  environment text not null collate "C" check (environment in ('live', 'test')),
  provider text not null collate "C",
  external_id_sealed sealed not null,
  carrier_call_id_sealed sealed,
  direction text not null collate "C" check (direction in ('inbound', 'outbound')),
  caller_kind text not null collate "C" check (caller_kind in ('number', 'withheld', 'short_code', 'sip')),
  caller_token bytea check (octet_length(caller_token) = 32),
  caller_token_version integer,
  caller_country text collate "C",
  caller_last3 text collate "C" check (caller_last3 ~ '^[0-9]{3}$'),
  caller_sealed sealed,
  number text collate "C",
  agent text collate "C",
  status text not null collate "C" check (status in (
    'queued', 'ringing', 'in_progress', 'completed', 'no_answer', 'busy', 'rejected', 'voicemail', 'canceled', 'failed', 'unknown_end')),
  status_raw text collate "C",
  ended_reason text collate "C",
  ended_reason_raw text collate "C",
  started_at timestamptz(3) not null,
  answered_at timestamptz(3),
  ended_at timestamptz(3),
  talk_ms integer check (talk_ms >= 0),
  languages text[] not null default '{}',
  outcome_sealed sealed,
  success boolean,
  sentiment text collate "C" check (sentiment in ('positive', 'neutral', 'negative')),
  summary_sealed sealed,
  consent_state text collate "C" check (consent_state in ('given', 'refused', 'not_asked', 'unknown')),
  consent_type text collate "C",
  consent_at timestamptz(3),
  cost_minor bigint,
  cost_currency text collate "C" check (cost_currency ~ '^[A-Z]{3}$'),
  cost_components jsonb,
  latency_ms jsonb,
  recording_url_sealed sealed,
  metadata_sealed sealed,
  countries text[] not null default '{}',
  transcript_stage integer not null default 0,
  transcript_turns integer not null default 0,
  facts_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  oldest_key_version integer generated always as (least(
    sealed_version(external_id_sealed), sealed_version(carrier_call_id_sealed), sealed_version(caller_sealed), sealed_version(outcome_sealed),
    sealed_version(summary_sealed), sealed_version(recording_url_sealed), sealed_version(metadata_sealed))) stored,
  primary key (org, id),
  check ((caller_token is null) = (caller_token_version is null)),
  check (caller_kind = 'number' or (caller_token is null and caller_last3 is null and caller_sealed is null)),
  check ((cost_minor is null) = (cost_currency is null))
);
-- Equal times are few, so what is left to sort by id is nothing.
create index call_newest on call (org, environment, started_at desc);
create index call_by_status on call (org, environment, status, started_at desc);
create index call_by_caller on call (org, caller_token, started_at desc);

-- Which call an outside name stands for. Not partitioned, so that it can stay the one place a duplicate is found.
create table call_source (
  org uuid not null,
  environment text not null collate "C" check (environment in ('live', 'test')),
  provider text not null collate "C",
  external_id_hash bytea not null check (octet_length(external_id_hash) = 32),
  call_id uuid not null,
  primary key (org, environment, provider, external_id_hash),
  foreign key (org, call_id) references call (org, id) deferrable initially deferred
);

create table call_turn (
  org uuid not null,
  id uuid not null,
  call_id uuid not null,
  seq integer not null check (seq >= 0),
  role text not null collate "C" check (role in ('caller', 'agent', 'tool')),
  at_ms integer not null check (at_ms >= 0),
  text_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(text_sealed)) stored,
  primary key (org, id),
  unique (org, call_id, seq),
  foreign key (org, call_id) references call (org, id)
);

-- What a provider or a client sent, sealed, for a short time; redacted first while masking is on.
create table call_event (
  org uuid not null,
  id uuid not null,
  call_id uuid not null,
  environment text not null collate "C" check (environment in ('live', 'test')),
  provider text not null collate "C",
  kind text not null collate "C",
  dedupe_hash bytea not null check (octet_length(dedupe_hash) = 32),
  body_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(body_sealed)) stored,
  received_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (org, id),
  unique (org, environment, provider, dedupe_hash),
  foreign key (org, call_id) references call (org, id) deferrable initially deferred
);
create index call_event_xid on call_event (xid);
create index call_event_expiry on call_event (org, expires_at);
create index call_event_call on call_event (org, call_id);

call make_tenant_table('call', 'org', 'id', 'id');
call make_tenant_table('call_source', 'org', 'call_id', 'call_id');
call make_tenant_table('call_turn', 'org', 'call_id', 'call_id');
call make_tenant_table('call_event', 'org', 'org', null, 'update or delete');

grant select on call, call_source, call_turn, call_event to orinode_web, orinode_worker;
grant insert on call_source to orinode_web;
grant insert on call, call_turn to orinode_web;
grant insert (org, id, call_id, environment, provider, kind, dedupe_hash, body_sealed, received_at, expires_at) on call_event to orinode_web;
grant update (
  carrier_call_id_sealed, direction, caller_kind, caller_token, caller_token_version, caller_country, caller_last3, caller_sealed, number, agent,
  status, status_raw, ended_reason, ended_reason_raw, started_at, answered_at, ended_at, talk_ms, languages, outcome_sealed, success, sentiment,
  summary_sealed, consent_state, consent_type, consent_at, cost_minor, cost_currency, cost_components, latency_ms, recording_url_sealed,
  metadata_sealed, countries, transcript_stage, transcript_turns, facts_at, updated_at
) on call to orinode_web;
grant delete, update (text_sealed) on call_turn to orinode_web;
grant delete on call_event to orinode_worker;
grant select on call_event to orinode_reach;

reset role;

set role orinode_reach;

-- Sealed digits may exist only while the organisation's masking is off; FOR SHARE makes a switch wait for us, and us for it.
create function digits_only_when_unmasked() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp set row_security = off as $$
begin
  perform 1 from organisation o where o.id = new.org and not o.masking for share;
  if not found then
    raise exception 'masking is on: digits are not stored' using errcode = 'OR003';
  end if;
  return new;
end $$;
revoke execute on function digits_only_when_unmasked() from public;
grant execute on function digits_only_when_unmasked() to orinode_owner;

-- Organisations that hold events past their time.
create function call_events_expired() returns table (org uuid, expired bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ select e.org, count(*) from call_event e where e.expires_at < now() group by e.org $$;
revoke execute on function call_events_expired() from public;
grant execute on function call_events_expired() to orinode_worker;

reset role;

set role orinode_owner;
create trigger digits_only_when_unmasked before insert or update of caller_sealed on call
  for each row when (new.caller_sealed is not null) execute function digits_only_when_unmasked();
alter table call enable always trigger digits_only_when_unmasked;
reset role;
