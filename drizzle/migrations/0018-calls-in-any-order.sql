-- By which event each fact of a call was told, so that events in any order end the same; and calls that went silent are closed.

set role orinode_owner;

-- The newest event's mark under '', which stands for every field not named. Nothing of what was told.
alter table call add column told jsonb not null default '{}' check (jsonb_typeof(told) = 'object');
grant update (told, external_id_sealed) on call to orinode_web;

-- Few calls are under way at any time, so this index is small and a call that comes in whole never touches it.
create index call_under_way on call (updated_at) where status in ('queued', 'ringing', 'in_progress');
grant update (status, ended_reason, ended_at, talk_ms, told, updated_at) on call to orinode_worker;
grant select (org, status, updated_at) on call to orinode_reach;

reset role;

set role orinode_reach;

-- One row per call of which nothing was heard for as long as its status allows, the longest silent first.
create function calls_silent(queued interval, ringing interval, in_progress interval) returns table (org uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select c.org from call c
  where c.status in ('queued', 'ringing', 'in_progress')
    and c.updated_at < now() - case c.status when 'queued' then queued when 'ringing' then ringing else in_progress end
  order by c.updated_at limit 1000
$$;
revoke execute on function calls_silent(interval, interval, interval) from public;
grant execute on function calls_silent(interval, interval, interval) to orinode_worker;

reset role;
