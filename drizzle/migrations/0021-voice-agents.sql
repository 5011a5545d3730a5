-- Voice agents: what each says and when, in drafts of single people and in published versions that never change.

set role orinode_owner;

create table voice_agent (
  org uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  -- The number of the version that counts: always the last one. Null: none yet.
  published integer check (published > 0),
  created_at timestamptz(3) not null default now(),
  primary key (org, id),
  foreign key (org) references organisation (id)
);
-- Calls name their agent as somebody typed it.
create unique index voice_agent_name on voice_agent (org, lower(name));

create table voice_agent_version (
  org uuid not null,
  id uuid not null,
  agent_id uuid not null,
  number integer not null check (number > 0),
  config_sealed sealed not null,
  note_sealed sealed not null,
  oldest_key_version integer generated always as (least(sealed_version(config_sealed), sealed_version(note_sealed))) stored,
  -- The version this one brings back; its config is the same.
  restores integer check (restores > 0 and restores < number),
  published_by uuid not null,
  published_at timestamptz(3) not null,
  primary key (org, id),
  unique (org, agent_id, number),
  foreign key (org, agent_id) references voice_agent (org, id),
  foreign key (org, published_by) references member (org, id)
);

create table voice_agent_draft (
  org uuid not null,
  id uuid not null,
  agent_id uuid not null,
  member_id uuid not null,
  -- The version it was begun from; 0 before there was one. Only who begins from the last may publish.
  based_on integer not null check (based_on >= 0),
  config_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(config_sealed)) stored,
  saved_at timestamptz(3) not null,
  primary key (org, id),
  unique (org, agent_id, member_id),
  foreign key (org, agent_id) references voice_agent (org, id),
  foreign key (org, member_id) references member (org, id)
);

call make_tenant_table('voice_agent', 'org', 'id');
call make_tenant_table('voice_agent_version', 'org', 'agent_id');
call make_tenant_table('voice_agent_draft', 'org', 'agent_id');

grant select on voice_agent, voice_agent_version, voice_agent_draft to orinode_web, orinode_worker;
grant insert, update (name, published) on voice_agent to orinode_web;
-- Nobody changes a version, and nobody takes one away.
grant insert (org, id, agent_id, number, config_sealed, note_sealed, restores, published_by, published_at) on voice_agent_version to orinode_web;
grant insert (org, id, agent_id, member_id, based_on, config_sealed, saved_at) on voice_agent_draft to orinode_web;
grant update (based_on, config_sealed, saved_at), delete on voice_agent_draft to orinode_web;

-- The version that was published under its agent's name when the call was first heard of.
alter table call
  add column voice_agent_id uuid,
  add column config_version integer check (config_version > 0),
  add check ((voice_agent_id is null) = (config_version is null));
grant update (voice_agent_id, config_version) on call to orinode_web;

reset role;
