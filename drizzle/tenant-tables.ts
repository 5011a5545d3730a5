/**
 * Tables that hold an organisation's rows but whose changes need no audit entry of their own, each with the reason.
 * Every other table with an `org` column is sensitive: the database refuses to commit a change of it without an entry.
 */
export const untrailed: Readonly<Record<string, string>> = {
  audit_entry: 'it is the trail',
  audit_detail: 'it is part of the trail, written with its entry in one statement',
  outbox_event: 'written by the gate beside the entry of the act it tells of',
  provider_activity: 'counts of what came in at a hook: the events themselves have their trail',
  provider_rejection: 'the newest few refusals at a hook, each of which has its entry as far as the log is not flooded',
  idempotency_answer: 'the kept answer of a command that wrote its own entry in the same transaction',
}

/** Tables without an organisation, each with the reason; reached through look-up functions or by migrations only. */
export const placeless: Readonly<Record<string, string>> = {
  person: 'a person may belong to many organisations; seen only by fellow members',
  session: 'opened before an organisation is known; reached through functions that take the hash',
  orinode_migration: 'written while migrating, readable by no process',
}
