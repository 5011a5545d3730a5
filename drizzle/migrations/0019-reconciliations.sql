-- Calls told by a provider that signs nothing, held against that provider's own log of calls.

set role orinode_owner;

-- What the log said stands beside what was told; it does not overwrite it.
create table reconciliation (
  org uuid not null,
  call_id uuid not null,
  provider_id uuid not null,
  result text not null collate "C" check (result in ('agrees', 'differs', 'absent')),
  log_talk_ms integer check (log_talk_ms >= 0),
  log_cost_minor bigint check (log_cost_minor >= 0),
  log_cost_currency text collate "C" check (log_cost_currency ~ '^[A-Z]{3}$'),
  checked_at timestamptz(3) not null,
  primary key (org, call_id),
  foreign key (org, call_id) references call (org, id),
  foreign key (org, provider_id) references provider (org, id),
  check ((log_cost_minor is null) = (log_cost_currency is null)),
  check (result <> 'absent' or (log_talk_ms is null and log_cost_minor is null))
);
create index reconciliation_provider on reconciliation (org, provider_id, result, checked_at);

call make_tenant_table('reconciliation', 'org', 'provider_id');
grant select on reconciliation to orinode_web, orinode_worker;
grant insert on reconciliation to orinode_web;
grant update (provider_id, result, log_talk_ms, log_cost_minor, log_cost_currency, checked_at) on reconciliation to orinode_web;

reset role;
