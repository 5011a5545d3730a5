import { randomUUID } from 'node:crypto'

import { ask, json } from './send.ts'

/** A call of the public API with every field it needs. */
export function sampleCall(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    external_id: `call-${randomUUID()}`,
    direction: 'inbound',
    caller: '+234 803 555 0142',
    number: '+234 201 700 0100',
    agent: 'Front desk',
    status: 'in_progress',
    started_at: new Date().toISOString(),
    ...more,
  }
}

/** Posts a call and gives its id. */
export async function postCall(key: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await ask(key, 'POST', '/api/v1/calls', sampleCall(more))
  if (answer.status !== 201 && answer.status !== 200)
    throw new Error(`the call was answered ${answer.status}: ${answer.text}`)
  return String(json(answer)['id'])
}
