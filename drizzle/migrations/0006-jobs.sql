-- How work is asked of the worker. The queue's own tables lie in the schema jobs and are pg-boss's: migrating makes them before
-- this runs. Nobody but the worker may enter that schema; whoever else wants a job goes through the one function below.

set role orinode_owner;

-- What may be asked for. A new name replaces this function and makes its queue, as below.
create function askable_jobs() returns text[]
language sql immutable
as $$ select array['calls.expire-events'] $$;
revoke execute on function askable_jobs() from public;

-- Policy short: of two waiting with one singleton key there is one. The limits are the worker's to change as it starts.
select jobs.create_queue(asked, '{"policy": "short", "retryLimit": 5, "retryDelay": 5, "retryBackoff": true, "expireInSeconds": 900, "heartbeatSeconds": 30}')
from unnest(askable_jobs()) as asked;

-- A word or an id: nothing that a caller could have said, and no digits but those of an id.
create function is_plain_word(value text) returns boolean
language sql immutable parallel safe
as $$
  select length(value) <= 60 and (
    value ~ '^[A-Za-z]+([._-][A-Za-z]+)*$'
    or value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')
$$;
revoke execute on function is_plain_word(text) from public;

-- Asks for a job in this transaction and in its organisation, which nobody can say for another: the job is there exactly when the
-- transaction commits. A waiting job of the same singleton word is kept locked until then, so that it starts after what was changed.
create function enqueue_job(job text, payload jsonb, singleton text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  asking uuid := public.app_org();
  made uuid := gen_random_uuid();
begin
  if asking is null then
    raise exception 'a job belongs to an organisation' using errcode = '42501';
  end if;
  if job is null or not job = any (public.askable_jobs()) then
    raise exception 'there is no such job to ask for' using errcode = '22023';
  end if;
  if singleton is not null and not public.is_plain_word(singleton) then
    raise exception 'a singleton is a word or an id' using errcode = '22023';
  end if;
  if payload is null or jsonb_typeof(payload) <> 'object' or (select count(*) from jsonb_object_keys(payload)) > 8
    or exists (
      select from jsonb_each(payload) as part(key, value)
      where part.key = 'org' or part.key !~ '^[a-z][a-z_]{0,30}$' or not case jsonb_typeof(part.value)
        when 'boolean' then true
        when 'null' then true
        when 'number' then part.value::text ~ '^-?[0-9]{1,6}$'
        when 'string' then public.is_plain_word(part.value #>> '{}')
        else false
      end)
  then
    raise exception 'a payload is ids, words and small numbers' using errcode = '22023';
  end if;
  insert into jobs.job_common as waiting (
    id, name, data, singleton_key, policy, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max,
    expire_seconds, deletion_seconds, heartbeat_seconds, dead_letter)
  select made, q.name, jsonb_build_object('org', asking) || payload, asking || ':' || coalesce(singleton, made::text), q.policy,
    now() + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max,
    q.expire_seconds, q.deletion_seconds, q.heartbeat_seconds, q.dead_letter
  from jobs.queue as q where q.name = job
  on conflict (name, coalesce(singleton_key, '')) where state = 'created' and policy = 'short'
    do update set keep_until = excluded.keep_until
  returning waiting.id into strict made;
  return made;
end
$$;
revoke execute on function enqueue_job(text, jsonb, text) from public;
grant execute on function enqueue_job(text, jsonb, text) to orinode_web, orinode_worker;

reset role;
