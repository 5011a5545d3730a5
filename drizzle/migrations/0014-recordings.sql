-- Recordings, whose bytes lie in the storage sealed under a key of their own; notes; what a person said about a call.

set role orinode_owner;

-- The object in the storage is named by the row's id. Its key is here and nowhere else: without the row it is noise.
create table recording (
  org uuid not null,
  id uuid not null,
  call_id uuid not null,
  codec text not null collate "C" check (codec in (
    'wav/pcm', 'wav/float', 'wav/alaw', 'wav/mulaw', 'mpeg/mp3', 'ogg/opus', 'ogg/vorbis', 'webm/opus', 'webm/vorbis')),
  rate integer not null check (rate >= 0),
  channels integer not null check (channels >= 0),
  bytes bigint not null check (bytes > 0),
  duration_ms integer check (duration_ms >= 0),
  content_hash bytea not null check (octet_length(content_hash) = 32),
  key_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(key_sealed)) stored,
  stored_at timestamptz(3) not null default now(),
  primary key (org, id),
  unique (org, call_id),
  foreign key (org, call_id) references call (org, id)
);

create table call_note (
  org uuid not null,
  id uuid not null,
  call_id uuid not null,
  author uuid not null,
  text_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(text_sealed)) stored,
  written_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  edited_by uuid,
  primary key (org, id),
  foreign key (org, call_id) references call (org, id),
  check ((edited_at is null) = (edited_by is null))
);
create index call_note_call on call_note (org, call_id, written_at);

-- The entry of a change names the call: that is where people look for it.
call make_tenant_table('recording', 'org', 'call_id');
call make_tenant_table('call_note', 'org', 'call_id');

grant select on recording, call_note to orinode_web, orinode_worker;
grant insert (org, id, call_id, codec, rate, channels, bytes, duration_ms, content_hash, key_sealed, stored_at) on recording to orinode_web;
grant insert (org, id, call_id, author, text_sealed, written_at, edited_at, edited_by) on call_note to orinode_web;
grant update (text_sealed, edited_at, edited_by) on call_note to orinode_web;
grant delete on recording, call_note to orinode_web;
grant select on recording to orinode_reach;

-- What of outcome and success a person said: from then on no event changes that.
alter table call
  add column judged text[] not null default '{}' check (judged <@ array['outcome', 'success']),
  add column judged_at timestamptz(3),
  add column judged_by uuid;
grant update (judged, judged_at, judged_by) on call to orinode_web;

reset role;

set role orinode_reach;

-- Of these objects the ones no row names. Asked before deleting, so it must raise rather than see too few rows.
create function recording_strays(given_orgs uuid[], given_ids uuid[]) returns table (org uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp set row_security = off
as $$
  select g.org, g.id from unnest(given_orgs, given_ids) as g (org, id)
  where not exists (select 1 from recording r where r.org = g.org and r.id = g.id)
$$;
revoke execute on function recording_strays(uuid[], uuid[]) from public;
grant execute on function recording_strays(uuid[], uuid[]) to orinode_worker;

reset role;
