-- The organisation's own numbers: what they are for, who answers, and when.

set role orinode_owner;

create table phone_number (
  org uuid not null,
  id uuid not null,
  number text not null collate "C" check (number ~ '^\+[1-9][0-9]{6,14}$'),
  country text not null collate "C" check (country ~ '^[A-Z]{2}$'),
  label text not null check (length(label) <= 120),
  -- Who carries it, as people call them.
  provider text check (length(provider) between 1 and 60),
  -- Null: nobody answers yet.
  voice_agent_id uuid,
  -- Null: as its voice agent says.
  hours jsonb check (jsonb_typeof(hours) = 'object'),
  time_zone text not null check (length(time_zone) between 1 and 60),
  -- Where calls go outside hours, perhaps somebody's own telephone. Null: as its voice agent says.
  fallback_sealed sealed,
  oldest_key_version integer generated always as (sealed_version(fallback_sealed)) stored,
  created_at timestamptz(3) not null default now(),
  primary key (org, id),
  unique (org, number),
  foreign key (org) references organisation (id),
  foreign key (org, voice_agent_id) references voice_agent (org, id)
);
create index phone_number_agent on phone_number (org, voice_agent_id);

call make_tenant_table('phone_number', 'org', 'id');
grant select on phone_number to orinode_web, orinode_worker;
grant insert (org, id, number, country, label, provider, voice_agent_id, hours, time_zone, fallback_sealed, created_at) on phone_number to orinode_web;
grant update (label, provider, voice_agent_id, hours, time_zone, fallback_sealed), delete on phone_number to orinode_web;

reset role;
