-- What people do with calls: tags, follow-ups, saved views of the list; and the one index that the list's filters are read from.

set role orinode_owner;

-- A deleted tag keeps its row, because calls name it; its name goes.
create table tag (
  org uuid not null,
  id uuid not null,
  name_sealed sealed,
  oldest_key_version integer generated always as (sealed_version(name_sealed)) stored,
  name_hash bytea check (octet_length(name_hash) = 32),
  colour text not null collate "C" check (colour in ('clay', 'ochre', 'leaf', 'lagoon', 'sky', 'indigo', 'plum', 'rose')),
  created_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (org, id),
  unique (org, name_hash),
  check ((deleted_at is null) = (name_sealed is not null) and (deleted_at is null) = (name_hash is not null))
);

create table call_tag (
  org uuid not null,
  call_id uuid not null,
  tag_id uuid not null,
  tagged_by uuid not null,
  tagged_at timestamptz(3) not null default now(),
  primary key (org, call_id, tag_id),
  foreign key (org, call_id) references call (org, id),
  foreign key (org, tag_id) references tag (org, id),
  foreign key (org, tagged_by) references member (org, id)
);
create index call_tag_tag on call_tag (org, tag_id);

-- One for a call: asked for again it is open again.
create table call_follow_up (
  org uuid not null,
  id uuid not null,
  call_id uuid not null,
  state text not null collate "C" check (state in ('open', 'done')),
  assigned_to uuid,
  why_sealed sealed,
  oldest_key_version integer generated always as (sealed_version(why_sealed)) stored,
  asked_by uuid not null,
  asked_at timestamptz(3) not null default now(),
  done_by uuid,
  done_at timestamptz(3),
  primary key (org, id),
  unique (org, call_id),
  foreign key (org, call_id) references call (org, id),
  foreign key (org, assigned_to) references member (org, id),
  foreign key (org, asked_by) references member (org, id),
  foreign key (org, done_by) references member (org, id),
  check ((state = 'done') = (done_at is not null) and (done_at is null) = (done_by is null))
);
create index call_follow_up_queue on call_follow_up (org, asked_at) where state = 'open';

-- The list's own filter under a name. It holds words of ours, ids and tokens: never digits, never text of a call.
create table saved_view (
  org uuid not null,
  id uuid not null,
  owner uuid not null,
  name_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(name_sealed)) stored,
  query jsonb not null check (jsonb_typeof(query) = 'object'),
  columns text[] not null default '{}',
  is_shared boolean not null default false,
  created_at timestamptz(3) not null default now(),
  primary key (org, id),
  foreign key (org, owner) references member (org, id)
);
create index saved_view_owner on saved_view (org, owner);

call make_tenant_table('tag', 'org', 'id');
call make_tenant_table('call_tag', 'org', 'call_id');
call make_tenant_table('call_follow_up', 'org', 'call_id');
call make_tenant_table('saved_view', 'org', 'id');

grant select on tag, call_tag, call_follow_up, saved_view to orinode_web, orinode_worker;
grant insert (org, id, name_sealed, name_hash, colour, created_at, deleted_at) on tag to orinode_web;
grant update (name_sealed, name_hash, colour, deleted_at) on tag to orinode_web;
grant insert, delete on call_tag to orinode_web;
grant insert (org, id, call_id, state, assigned_to, why_sealed, asked_by, asked_at, done_by, done_at) on call_follow_up to orinode_web;
grant update (state, assigned_to, why_sealed, asked_by, asked_at, done_by, done_at) on call_follow_up to orinode_web;
grant insert (org, id, owner, name_sealed, query, columns, is_shared, created_at) on saved_view to orinode_web;
grant update (name_sealed, query, columns, is_shared) on saved_view to orinode_web;
grant delete on saved_view to orinode_web;

-- An outcome can be looked for without being readable. What people did with a call stands on its row too, written by the
-- database alone: the index of the list needs it there.
alter table call
  add column outcome_hash bytea check (octet_length(outcome_hash) = 32),
  add column tag_ids uuid[],
  add column follow_up text collate "C" check (follow_up in ('open', 'done')),
  add column assigned_to uuid;
grant update (outcome_hash) on call to orinode_web;
grant select (org, id, tag_ids), update (tag_ids, follow_up, assigned_to) on call to orinode_reach;

-- Every filter of the list stands in this index, so that one that few calls fit, or none, costs a walk through the index and
-- not through the calls. Equal times are few, so what is left to sort by id is nothing. An index for one filter more would
-- be read where it helps and where it does not.
drop index call_newest;
drop index call_by_status;
create index call_list on call (
  org, environment, started_at desc, status, direction, provider, agent, number, ended_reason, success, talk_ms, cost_currency,
  cost_minor, outcome_hash, follow_up, assigned_to, tag_ids
) include (id);
-- Calls under way are looked at all day and are few.
create index call_live on call (org, environment, started_at desc) where status in ('queued', 'ringing', 'in_progress');

reset role;

set role orinode_reach;

-- Each adds or takes away its own tag, so that two who tag one call at once lose neither.
create function call_shows_tag() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp set row_security = off as $$
begin
  if tg_op = 'INSERT' then
    update call set tag_ids = array_remove(coalesce(tag_ids, '{}'), new.tag_id) || new.tag_id where org = new.org and id = new.call_id;
  else
    update call set tag_ids = nullif(array_remove(tag_ids, old.tag_id), '{}') where org = old.org and id = old.call_id;
  end if;
  return null;
end $$;

create function call_shows_follow_up() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp set row_security = off as $$
begin
  update call set follow_up = new.state, assigned_to = new.assigned_to where org = new.org and id = new.call_id;
  return null;
end $$;

revoke execute on function call_shows_tag(), call_shows_follow_up() from public;
grant execute on function call_shows_tag(), call_shows_follow_up() to orinode_owner;

reset role;

set role orinode_owner;

create trigger call_shows_tag after insert or delete on call_tag for each row execute function call_shows_tag();
create trigger call_shows_follow_up after insert or update on call_follow_up for each row execute function call_shows_follow_up();
alter table call_tag enable always trigger call_shows_tag;
alter table call_follow_up enable always trigger call_shows_follow_up;

reset role;
