-- What was turned away for its size is seen where everything else that was turned away is.

set role orinode_owner;

alter table provider_rejection drop constraint provider_rejection_reason_check;
alter table provider_rejection add constraint provider_rejection_reason_check check (reason in (
  'missing', 'malformed', 'stale', 'mismatch', 'disabled', 'suspended', 'wrong_type', 'unreadable', 'too_large', 'too_many'));

reset role;
