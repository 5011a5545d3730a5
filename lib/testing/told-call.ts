import { newId } from '../kernel/ids.ts'

/** A call as its own system tells it: each a new one. */
export const toldCall = (more: Record<string, unknown> = {}) => ({
  external_id: newId(),
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'completed',
  started_at: '2026-11-24T09:00:00Z',
  ...more,
})
