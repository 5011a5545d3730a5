-- Invitations: a link that makes one person a member, once.

set role orinode_owner;

create table invitation (
  org uuid not null references organisation (id),
  id uuid not null,
  role text not null collate "C" check (role in ('owner', 'admin', 'agent')),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  email_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(email_sealed)) stored,
  email_hash bytea not null check (octet_length(email_hash) = 32),
  invited_by uuid not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (org, id),
  foreign key (org, invited_by) references member (org, id)
);
-- One open invitation for one address: a second one renews the first.
create unique index invitation_open on invitation (org, email_hash) where accepted_at is null and revoked_at is null;

call make_tenant_table('invitation', 'org', 'id');

grant select, insert on invitation to orinode_web;
grant update (role, token_hash, invited_by, expires_at, accepted_at, revoked_at) on invitation to orinode_web;
grant select on invitation to orinode_reach;

reset role;

set role orinode_reach;

create function invitation_find(given_hash bytea)
returns table (org uuid, id uuid, role text, email_sealed bytea, is_open boolean, organisation_name text, slug text, country text, masking boolean, org_suspended boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select i.org, i.id, i.role, i.email_sealed, i.accepted_at is null and i.revoked_at is null and i.expires_at > now(),
    o.name, o.slug, o.country, o.masking, o.suspended_at is not null
  from invitation i join organisation o on o.id = i.org where i.token_hash = given_hash
$$;
revoke execute on function invitation_find(bytea) from public;
grant execute on function invitation_find(bytea) to orinode_web;

reset role;
