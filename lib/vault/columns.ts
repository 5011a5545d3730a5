export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** Short values from a small set, whose length would give them away. */
  readonly padded: boolean
}

/**
 * Every sealed column. The labels are bound into each stored value and derive its key, so they (and `padded`)
 * never change: renaming an SQL column leaves its label as it was. Adding is free; reusing a label is not.
 */
export const sealed = {
  call: {
    caller: { table: 'call', column: 'caller', padded: true },
    externalId: { table: 'call', column: 'external-id', padded: false },
    carrierCallId: { table: 'call', column: 'carrier-call-id', padded: false },
    summary: { table: 'call', column: 'summary', padded: false },
    outcome: { table: 'call', column: 'outcome', padded: true },
    recordingUrl: { table: 'call', column: 'recording-url', padded: false },
    metadata: { table: 'call', column: 'metadata', padded: false },
  },
  callTurn: {
    text: { table: 'call-turn', column: 'text', padded: false },
  },
  callEvent: {
    body: { table: 'call-event', column: 'body', padded: false },
  },
  recording: {
    key: { table: 'recording', column: 'key', padded: false },
  },
  callNote: {
    text: { table: 'call-note', column: 'text', padded: false },
  },
  tag: {
    name: { table: 'tag', column: 'name', padded: true },
  },
  callFollowUp: {
    why: { table: 'call-follow-up', column: 'why', padded: false },
  },
  savedView: {
    name: { table: 'saved-view', column: 'name', padded: true },
  },
  auditDetail: {
    value: { table: 'audit-detail', column: 'value', padded: false },
  },
  provider: {
    secret: { table: 'provider', column: 'secret', padded: false },
    previousSecret: { table: 'provider', column: 'previous-secret', padded: false },
    path: { table: 'provider', column: 'path', padded: false },
  },
  invitation: {
    email: { table: 'invitation', column: 'email', padded: true },
  },
  voiceAgentVersion: {
    config: { table: 'voice-agent-version', column: 'config', padded: false },
    note: { table: 'voice-agent-version', column: 'note', padded: false },
  },
  voiceAgentDraft: {
    config: { table: 'voice-agent-draft', column: 'config', padded: false },
  },
  phoneNumber: {
    fallback: { table: 'phone-number', column: 'fallback', padded: true },
  },
  knowledgeDocument: {
    title: { table: 'knowledge-document', column: 'title', padded: true },
  },
  knowledgeChunk: {
    text: { table: 'knowledge-chunk', column: 'text', padded: false },
  },
  idempotencyAnswer: {
    body: { table: 'idempotency-answer', column: 'body', padded: false },
  },
} as const satisfies Record<string, Record<string, SealedColumn>>
