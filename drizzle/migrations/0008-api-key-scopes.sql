-- An API key holds at least one scope and none but those a key may be given.

set role orinode_owner;

alter table api_key add constraint api_key_scopes_known
  check (cardinality(scopes) > 0 and scopes <@ array['calls.ingest', 'calls.view', 'numbers.view']);

reset role;
