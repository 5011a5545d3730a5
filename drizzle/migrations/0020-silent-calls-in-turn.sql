-- Organisations take turns: one with many silent calls, or with one that cannot be closed, keeps no other waiting.

set role orinode_reach;

create or replace function calls_silent(queued interval, ringing interval, in_progress interval) returns table (org uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select s.org from (
    select c.org, c.updated_at, row_number() over (partition by c.org order by c.updated_at) as turn from call c
    where c.status in ('queued', 'ringing', 'in_progress')
      and c.updated_at < now() - case c.status when 'queued' then queued when 'ringing' then ringing else in_progress end
  ) s
  order by s.turn, s.updated_at limit 1000
$$;

reset role;
