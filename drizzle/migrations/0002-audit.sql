-- The audit log. Nobody who can log in may change or remove what is written here.

set role orinode_owner;

create table audit_entry (
  org uuid not null,
  id uuid not null default orinode_uuidv7(),
  recorded_at timestamptz(6) not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  actor_kind text not null collate "C" check (actor_kind in ('person', 'api_key', 'provider', 'operator', 'system', 'nobody')),
  actor uuid,
  action text not null collate "C",
  target uuid,
  result text not null collate "C" check (result in ('done', 'refused')),
  request_id uuid not null,
  api_key_id uuid,
  body bytea not null,
  primary key (org, id, recorded_at)
) partition by range (recorded_at);

create index audit_entry_xid on audit_entry (xid);
create index audit_entry_time on audit_entry (org, recorded_at desc);
create index audit_entry_target on audit_entry (org, target, recorded_at desc);

-- Erasable side of an entry: the commitment in the body hides salt and value, both sealed here.
create table audit_detail (
  org uuid not null,
  id uuid not null,
  entry_id uuid not null,
  recorded_at timestamptz(6) not null,
  name text not null collate "C",
  value_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(value_sealed)) stored,
  primary key (org, id, recorded_at)
) partition by range (recorded_at);

create index audit_detail_entry on audit_detail (org, entry_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'this table is append-only' using errcode = 'OR002';
end $$;

-- One partition a week, named by its Monday. Made only here: CREATE then ATTACH, so no lock waits on writers.
create function audit_make_partitions(ahead integer default 4) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  monday timestamptz;
  made integer := 0;
  part text;
  parent text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_make_partitions', 0));
  for week in -1..ahead loop
    monday := (date_trunc('week', now() at time zone 'UTC') + make_interval(weeks => week)) at time zone 'UTC';
    foreach parent in array array['audit_entry', 'audit_detail'] loop
      part := parent || '_' || to_char(monday at time zone 'UTC', 'YYYY_MM_DD');
      if to_regclass('public.' || part) is null then
        execute format('create table public.%I (like public.%I including defaults including generated including constraints)', part, parent);
        execute format('alter table public.%I enable row level security', part);
        execute format('alter table public.%I force row level security', part);
        execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)', parent, part, monday, monday + interval '7 days');
        -- Row triggers on the parent are cloned as ordinary ones: make each ENABLE ALWAYS on the partition too.
        execute format('alter table public.%I enable always trigger no_change', part);
        execute format('create trigger no_truncate before truncate on public.%I for each statement execute function public.refuse_change()', part);
        execute format('alter table public.%I enable always trigger no_truncate', part);
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
revoke execute on function audit_make_partitions(integer) from public;
grant execute on function audit_make_partitions(integer) to orinode_worker;

create trigger no_change before update or delete on audit_entry for each row execute function refuse_change();
create trigger no_change before update or delete on audit_detail for each row execute function refuse_change();
create trigger no_truncate before truncate on audit_entry for each statement execute function refuse_change();
create trigger no_truncate before truncate on audit_detail for each statement execute function refuse_change();
alter table audit_entry enable always trigger no_change;
alter table audit_detail enable always trigger no_change;
alter table audit_entry enable always trigger no_truncate;
alter table audit_detail enable always trigger no_truncate;

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
alter table audit_detail enable row level security;
alter table audit_detail force row level security;
create policy own_organisation on audit_entry using (org = app_org()) with check (org = app_org());
create policy own_organisation on audit_detail using (org = app_org()) with check (org = app_org());

-- Column by column: id, time and transaction are the database's to give.
grant select on audit_entry, audit_detail to orinode_web, orinode_worker;
grant insert (org, actor_kind, actor, action, target, result, request_id, api_key_id, body) on audit_entry to orinode_web, orinode_worker;
grant insert (org, id, entry_id, recorded_at, name, value_sealed) on audit_detail to orinode_web, orinode_worker;
grant select on audit_entry to orinode_reach;

select audit_make_partitions();

-- Makes a table a tenant table: row-level security that also binds its owner and, where trail_column is
-- given, a deferred constraint that refuses COMMIT unless an audit entry of the same transaction names the
-- row's target. Call tables also accept a sealed event row of the same transaction (event_column).
-- Its function belongs to the role that sees across organisations, because a bulk act runs as none; were that
-- privilege ever lost it would see no entry and refuse, so it needs no row_security setting of its own.
create procedure make_tenant_table(
  tab regclass, org_column text default 'org', trail_column text default null, event_column text default null,
  trail_on text default 'insert or update or delete'
)
language plpgsql as $$
declare
  event_clause text := '';
  entry_clause text;
begin
  execute format('alter table %s enable row level security', tab);
  execute format('alter table %s force row level security', tab);
  execute format('create policy own_organisation on %s using (%I = app_org()) with check (%I = app_org())', tab, org_column, org_column);
  if trail_column is null then return; end if;
  if event_column is not null then
    event_clause := format(
      'if exists (select 1 from call_event v where v.xid = pg_current_xact_id() and v.org = r.%I and v.call_id = r.%I) then return null; end if;',
      org_column, event_column);
  end if;
  entry_clause := format(
    'if exists (select 1 from audit_entry e where e.xid = pg_current_xact_id() and e.org = r.%I and e.target = r.%I and e.result = ''done''
       and e.recorded_at >= transaction_timestamp()) then return null; end if;',
    org_column, trail_column);
  set local role orinode_reach;
  execute format($f$
    create function %I() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public, pg_temp as $t$
    declare
      r %s;
    begin
      if tg_op = 'DELETE' then r := old; else r := new; end if;
      %s
      %s
      raise exception 'no trail: %% on %% needs an audit entry of the same transaction', tg_op, tg_table_name using errcode = 'OR001';
    end $t$
  $f$, 'trail_of_' || tab::text, tab, event_clause, entry_clause);
  execute format('revoke execute on function %I() from public', 'trail_of_' || tab::text);
  execute format('grant execute on function %I() to orinode_owner', 'trail_of_' || tab::text);
  set local role orinode_owner;
  execute format(
    'create constraint trigger needs_trail after %s on %s deferrable initially deferred for each row execute function %I()',
    trail_on, tab, 'trail_of_' || tab::text);
  execute format('alter table %s enable always trigger needs_trail', tab);
end $$;
revoke execute on procedure make_tenant_table(regclass, text, text, text, text) from public;

reset role;
