-- Organisations, people, members, sessions, keys to data, keys to the API, providers.

set role orinode_owner;

create table organisation (
  id uuid primary key,
  slug text not null collate "C" unique check (slug ~ '^[a-z0-9]{10,24}$'),
  name text not null check (length(name) between 1 and 120),
  country text not null collate "C" check (country ~ '^[A-Z]{2}$'),
  region text not null collate "C",
  time_zone text not null collate "C",
  masking boolean not null default true,
  created_at timestamptz(3) not null default now(),
  suspended_at timestamptz(3)
);

create table person (
  id uuid primary key,
  email text not null collate "C" unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 120),
  password_hash text collate "C",
  created_at timestamptz(3) not null default now(),
  suspended_at timestamptz(3)
);

create table member (
  org uuid not null references organisation (id),
  id uuid not null,
  person_id uuid not null references person (id),
  role text not null collate "C" check (role in ('owner', 'admin', 'agent')),
  created_at timestamptz(3) not null default now(),
  suspended_at timestamptz(3),
  primary key (org, id),
  unique (org, person_id)
);
create index member_person on member (person_id);

-- A member's own setting for one permission; no row means inherit.
create table member_toggle (
  org uuid not null,
  member_id uuid not null,
  permission text not null collate "C",
  effect text not null collate "C" check (effect in ('allow', 'deny')),
  primary key (org, member_id, permission),
  foreign key (org, member_id) references member (org, id)
);

-- One table for every kind of session; the cookie's id is stored as its SHA-256 only.
create table session (
  id_hash bytea primary key check (octet_length(id_hash) = 32),
  person_id uuid not null references person (id),
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
create index session_person on session (person_id) where ended_at is null;

create table tenant_key (
  org uuid not null references organisation (id),
  purpose text not null collate "C" check (purpose in ('field', 'blob', 'index', 'live')),
  version integer not null check (version > 0),
  state text not null collate "C" check (state in ('pending', 'active', 'decrypt_only', 'destroyed')),
  kms_key text not null collate "C",
  region text not null collate "C",
  wrapped bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (org, purpose, version)
);

create table api_key (
  org uuid not null references organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  environment text not null collate "C" check (environment in ('live', 'test')),
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  last4 text not null collate "C" check (length(last4) = 4),
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (org, id)
);

-- A place where a provider's events arrive. The path's random part is stored as its SHA-256.
create table provider (
  org uuid not null references organisation (id),
  id uuid not null,
  kind text not null collate "C" check (kind in ('retell')),
  name text not null check (length(name) between 1 and 120),
  path_hash bytea not null unique check (octet_length(path_hash) = 32),
  secret_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(secret_sealed)) stored,
  environment text not null collate "C" default 'live' check (environment in ('live', 'test')),
  created_at timestamptz(3) not null default now(),
  primary key (org, id)
);

call make_tenant_table('organisation', 'id', 'id');
call make_tenant_table('member', 'org', 'id');
call make_tenant_table('member_toggle', 'org', 'member_id');
call make_tenant_table('tenant_key', 'org', 'org');
call make_tenant_table('api_key', 'org', 'id');
call make_tenant_table('provider', 'org', 'id');

-- People are not an organisation's: one is seen where they are a member, and signs in through functions below.
alter table person enable row level security;
alter table person force row level security;
create policy fellow_member on person for select
  using (exists (select 1 from member m where m.person_id = person.id and m.org = app_org()));
create policy newcomer on person for insert with check (app_org() is not null);
alter table session enable row level security;
alter table session force row level security;

grant select, insert on organisation, member, member_toggle, tenant_key, api_key, provider to orinode_web;
grant insert on person to orinode_web;
grant select (id, email, name, created_at, suspended_at) on person to orinode_web;
grant update (name, time_zone) on organisation to orinode_web;
grant update (role, suspended_at) on member to orinode_web;
grant update (effect) on member_toggle to orinode_web;
grant delete on member_toggle to orinode_web;
grant update (name, revoked_at) on api_key to orinode_web;
grant select on organisation, tenant_key to orinode_worker;
grant insert on tenant_key to orinode_worker;
grant select on organisation, person, member, member_toggle, session, api_key, provider to orinode_reach;
grant insert, update on session to orinode_reach;
grant update (masking) on organisation to orinode_reach;

-- The platform itself: events with no organisation (an unknown person at the sign-in page) belong here.
-- Its row is written before its trail could exist, hence the trigger is set aside for this one statement.
alter table organisation disable trigger needs_trail;
alter table organisation no force row level security;
insert into organisation (id, slug, name, country, region, time_zone, masking)
values ('00000000-0000-7000-8000-000000000000', 'platform00000', 'Orinode platform', 'NG', 'this-machine', 'Africa/Lagos', true);
alter table organisation force row level security;
alter table organisation enable always trigger needs_trail;

reset role;

-- Look-ups made before an organisation is known: each takes a secret's hash or a person, and finds one thing.
set role orinode_reach;

create function login_find(given_email text)
returns table (person_id uuid, password_hash text, suspended boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ select p.id, p.password_hash, p.suspended_at is not null from person p where p.email = given_email $$;

create function session_open(given_hash bytea, given_person uuid, lifetime_seconds integer) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  insert into session (id_hash, person_id, expires_at)
  values (given_hash, given_person, now() + least(make_interval(secs => lifetime_seconds), interval '7 days'))
$$;

create function session_find(given_hash bytea, idle_seconds integer)
returns table (person_id uuid, person_name text, email text, created_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select p.id, p.name, p.email, s.created_at, s.last_seen_at
  from session s join person p on p.id = s.person_id
  where s.id_hash = given_hash and s.ended_at is null and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(secs => idle_seconds) and p.suspended_at is null
$$;

create function session_touch(given_hash bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ update session set last_seen_at = now() where id_hash = given_hash and ended_at is null $$;

create function session_end(given_hash bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ update session set ended_at = now() where id_hash = given_hash and ended_at is null $$;

create function membership_list(given_person uuid)
returns table (org uuid, slug text, name text, role text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select o.id, o.slug, o.name, m.role from member m join organisation o on o.id = m.org
  where m.person_id = given_person and m.suspended_at is null order by o.name, o.id
$$;

create function member_find(given_person uuid, given_slug text)
returns table (
  org uuid, slug text, name text, country text, time_zone text, masking boolean, org_suspended boolean,
  member_id uuid, role text, member_suspended boolean, toggles jsonb
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select o.id, o.slug, o.name, o.country, o.time_zone, o.masking, o.suspended_at is not null,
    m.id, m.role, m.suspended_at is not null,
    (select coalesce(jsonb_object_agg(t.permission, t.effect), '{}') from member_toggle t where t.org = m.org and t.member_id = m.id)
  from member m join organisation o on o.id = m.org
  where m.person_id = given_person and o.slug = given_slug
$$;

create function api_key_find(given_hash bytea)
returns table (org uuid, id uuid, environment text, scopes jsonb, expires_at timestamptz, revoked_at timestamptz, country text, masking boolean, org_suspended boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select k.org, k.id, k.environment, to_jsonb(k.scopes), k.expires_at, k.revoked_at, o.country, o.masking, o.suspended_at is not null
  from api_key k join organisation o on o.id = k.org where k.key_hash = given_hash
$$;

create function provider_find(given_hash bytea)
returns table (org uuid, id uuid, kind text, environment text, secret_sealed bytea, country text, masking boolean, org_suspended boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select p.org, p.id, p.kind, p.environment, p.secret_sealed, o.country, o.masking, o.suspended_at is not null
  from provider p join organisation o on o.id = p.org where p.path_hash = given_hash
$$;

do $$
declare
  f text;
begin
  foreach f in array array[
    'login_find(text)', 'session_open(bytea, uuid, integer)', 'session_find(bytea, integer)', 'session_touch(bytea)',
    'session_end(bytea)', 'membership_list(uuid)', 'member_find(uuid, text)', 'api_key_find(bytea)', 'provider_find(bytea)'
  ] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to orinode_web', f);
  end loop;
end $$;

reset role;
