import type { OutboxEvent, Trail } from '../../guard/use-case.ts'
import { isEnded } from './policy.ts'
import type { Written } from './write-call.ts'

/** What others hear of a written call: ids and enums only. Screens look again; receivers get it from the outbox. */
export function callEvents({ row, isNew, isDuplicate, statusBefore }: Written): Pick<Trail, 'events' | 'live'> {
  if (isDuplicate) return {}
  const payload = { call_id: row.id, status: row.status, environment: row.environment }
  const events: OutboxEvent[] = []
  if (isNew) events.push({ type: 'call.started', payload })
  const hasJustEnded = isEnded(row.status) && (statusBefore === null || !isEnded(statusBefore))
  if (hasJustEnded) events.push({ type: row.status === 'failed' ? 'call.failed' : 'call.completed', payload })
  return { events, live: [{ kind: 'call', id: row.id }] }
}
