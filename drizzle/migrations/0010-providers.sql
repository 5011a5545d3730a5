-- Every kind of provider, how each is set up, a secret's day of overlap; and beside them what came in and what was turned away.

set role orinode_owner;

alter table provider drop constraint provider_kind_check;
alter table provider add constraint provider_kind_check check (kind in ('retell', 'vapi', 'twilio', 'africastalking', 'generic'));

-- The path is sealed beside its hash so that an address can be shown and copied again; rows from before have none. Where only
-- the address is secret there is nothing to sign with.
alter table provider
  drop column oldest_key_version,
  alter column secret_sealed drop not null,
  add column settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  add column path_sealed sealed,
  add column previous_secret_sealed sealed,
  add column previous_secret_until timestamptz(3),
  add column disabled_at timestamptz(3),
  add check ((previous_secret_sealed is null) = (previous_secret_until is null));
alter table provider add column oldest_key_version integer generated always as (least(
  sealed_version(secret_sealed), sealed_version(path_sealed), sealed_version(previous_secret_sealed))) stored;

create table provider_activity (
  org uuid not null,
  provider_id uuid not null,
  last_event_at timestamptz(3),
  accepted bigint not null default 0 check (accepted >= 0),
  rejected bigint not null default 0 check (rejected >= 0),
  primary key (org, provider_id),
  foreign key (org, provider_id) references provider (org, id)
);

-- The newest few of what was turned away: why and under which request, never what it said.
create table provider_rejection (
  org uuid not null,
  id uuid not null,
  provider_id uuid not null,
  reason text not null collate "C" check (reason in (
    'missing', 'malformed', 'stale', 'mismatch', 'disabled', 'suspended', 'wrong_type', 'unreadable', 'too_many')),
  request_id uuid not null,
  at timestamptz(3) not null,
  primary key (org, id),
  foreign key (org, provider_id) references provider (org, id)
);
create index provider_rejection_newest on provider_rejection (org, provider_id, at desc, id desc);

call make_tenant_table('provider_activity');
call make_tenant_table('provider_rejection');

grant update (name, settings, secret_sealed, previous_secret_sealed, previous_secret_until, disabled_at) on provider to orinode_web;
grant select, insert, update on provider_activity to orinode_web;
grant select, insert, delete on provider_rejection to orinode_web;

reset role;

set role orinode_reach;

drop function provider_find(bytea);

-- A previous secret comes along only while it still counts.
create function provider_find(given_hash bytea)
returns table (
  org uuid, id uuid, kind text, environment text, settings jsonb, secret_sealed bytea, previous_secret_sealed bytea,
  disabled boolean, country text, masking boolean, org_suspended boolean
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select p.org, p.id, p.kind, p.environment, p.settings, p.secret_sealed,
    case when p.previous_secret_until > now() then p.previous_secret_sealed end,
    p.disabled_at is not null, o.country, o.masking, o.suspended_at is not null
  from provider p join organisation o on o.id = p.org where p.path_hash = given_hash
$$;
revoke execute on function provider_find(bytea) from public;
grant execute on function provider_find(bytea) to orinode_web;

reset role;
