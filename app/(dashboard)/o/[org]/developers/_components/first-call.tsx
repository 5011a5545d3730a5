'use client'

import { useSyncExternalStore } from 'react'

import { Copyable } from '#components/ui/copyable'

import * as words from '../../../../../../components/words/words.ts'

const never = () => () => {}
const onServer = { origin: '', isLocal: false, from: '', to: '', name: 'my-first-call' }
let made: typeof onServer | undefined
/** Known in a browser only, and the same for as long as the page is open. */
const here = () =>
  (made ??= {
    origin: location.origin,
    isLocal: location.hostname === 'localhost',
    from: new Date(Date.now() - 95_000).toISOString(),
    to: new Date().toISOString(),
    name: `by-hand-${Date.now().toString(36)}`,
  })

/** One line that puts a call that ended just now into the list, a spoken number in it. The address is the one this page was read at. */
export function FirstCall() {
  const { origin, isLocal, from, to, name } = useSyncExternalStore(never, here, () => onServer)
  const call = {
    external_id: name,
    direction: 'inbound',
    caller: '+2348030000001',
    number: '+2342017000100',
    agent: 'Front desk',
    status: 'completed',
    started_at: from,
    answered_at: from,
    ended_at: to,
    ended_reason: 'caller_hung_up',
    languages: ['en'],
    outcome: 'Asked to be called back',
    transcript: [
      { role: 'agent', at_ms: 0, text: 'Good day, how can I help you?' },
      { role: 'caller', at_ms: 4000, text: 'Please call me back on 0803 000 0001.' },
    ],
  }
  const line = `curl ${origin}/api/v1/calls -H 'X-API-Key: KEY' -H 'Content-Type: application/json' -d '${JSON.stringify(call)}'`
  return (
    <section className="flex max-w-3xl flex-col gap-2 px-4 py-6">
      <h2 className="text-16 font-semibold">{words.developers.firstCall}</h2>
      <p className="text-13 text-muted">
        {words.developers.firstCallText}
        {isLocal && ` ${words.developers.firstCallLocal}`}
      </p>
      <Copyable value={line} label={words.developers.firstCall} />
    </section>
  )
}
