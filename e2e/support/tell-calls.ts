import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { sampleCall } from './sample-call.ts'
import { type Answer, ask, json } from './send.ts'

export interface Told {
  /** Call id → how many turns of it were acknowledged. */
  acknowledged: Map<string, number>
  /** Requests that got no answer, or that the server could not serve just then. */
  interrupted: number
}

const transcript = [
  { role: 'agent', text: 'Good day, how can I help?', at_ms: 0 },
  { role: 'caller', text: 'My order has not come.', at_ms: 2_400 },
]

/** One sender: a call, one more turn of it, the next. What was not acknowledged is sent again, as senders do. */
export async function tellCalls(key: string, told: Told, isOver: () => boolean, pauseMs: number): Promise<void> {
  const acknowledgedBy = async (path: string, body: unknown): Promise<Answer | null> => {
    const again = { 'Idempotency-Key': randomUUID() }
    while (!isOver()) {
      const answer = await ask(key, 'POST', path, body, again).catch(() => null)
      if (answer && answer.status < 300) return answer
      if (answer && answer.status < 500) throw new Error(`a call was answered ${answer.status}: ${answer.text}`)
      told.interrupted += 1
      await sleep(50)
    }
    return null
  }
  while (!isOver()) {
    const answer = await acknowledgedBy('/api/v1/calls', sampleCall({ transcript }))
    if (!answer) return
    const id = String(json(answer)['id'])
    told.acknowledged.set(id, transcript.length)
    const turn = { type: 'turn', role: 'caller', text: 'Please look again.', at_ms: 4_000 }
    if (await acknowledgedBy(`/api/v1/calls/${id}/events`, turn)) told.acknowledged.set(id, transcript.length + 1)
    await sleep(pauseMs)
  }
}
