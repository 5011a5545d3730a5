-- What an organisation is set up with: plan, currency, languages, opening hours; and the protected switches.

set role orinode_owner;

alter table organisation
  add column plan text not null collate "C" default 'starter' check (plan in ('starter', 'growth', 'enterprise')),
  add column currency text not null collate "C" default 'NGN' check (currency ~ '^[A-Z]{3}$'),
  add column languages text[] not null default '{en}' check (cardinality(languages) between 1 and 10),
  add column hours jsonb not null default '{}';

grant update (currency, languages, hours) on organisation to orinode_web;
grant update (plan) on organisation to orinode_reach;

reset role;

set role orinode_reach;

drop function member_find(uuid, text);

create function member_find(given_person uuid, given_slug text)
returns table (
  org uuid, slug text, name text, country text, time_zone text, currency text, plan text, masking boolean, org_suspended boolean,
  member_id uuid, role text, member_suspended boolean, toggles jsonb
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select o.id, o.slug, o.name, o.country, o.time_zone, o.currency, o.plan, o.masking, o.suspended_at is not null,
    m.id, m.role, m.suspended_at is not null,
    (select coalesce(jsonb_object_agg(t.permission, t.effect), '{}') from member_toggle t where t.org = m.org and t.member_id = m.id)
  from member m join organisation o on o.id = m.org
  where m.person_id = given_person and o.slug = given_slug
$$;

-- Masking and plan are columns the web role cannot update: each has one way, in the organisation the transaction runs as.
create function organisation_set_masking(given boolean) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ update organisation set masking = given where id = app_org() $$;

create function organisation_set_plan(given text) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ update organisation set plan = given where id = app_org() $$;

create function organisation_find(given_slug text) returns table (org uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$ select o.id from organisation o where o.slug = given_slug $$;

revoke execute on function member_find(uuid, text) from public;
revoke execute on function organisation_set_masking(boolean) from public;
revoke execute on function organisation_set_plan(text) from public;
revoke execute on function organisation_find(text) from public;
grant execute on function member_find(uuid, text) to orinode_web;
grant execute on function organisation_set_masking(boolean) to orinode_web;
-- Plans are an operator's: no web process can change one, whatever it is made to say.
grant execute on function organisation_set_plan(text) to orinode_worker;
grant execute on function organisation_find(text) to orinode_worker;

reset role;
