'use client'

import { useSyncExternalStore } from 'react'

import { Copyable } from '#components/ui/copyable'

import * as words from '../../../../../../components/words/words.ts'

const never = () => () => {}

/** One line that puts a call into the list. The address is the one this page was read at. */
export function FirstCall() {
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => '',
  )
  const call = {
    external_id: 'my-first-call',
    direction: 'inbound',
    caller: '+2348030000001',
    number: '+2342017000100',
    agent: 'Front desk',
    status: 'completed',
    started_at: new Date(Date.UTC(2026, 0, 1, 9)).toISOString(),
  }
  const line = `curl ${origin}/api/v1/calls -H 'X-API-Key: KEY' -H 'Content-Type: application/json' -d '${JSON.stringify(call)}'`
  return (
    <section className="flex max-w-3xl flex-col gap-2 px-4 py-6">
      <h2 className="text-16 font-semibold">{words.developers.firstCall}</h2>
      <p className="text-13 text-muted">{words.developers.firstCallText}</p>
      <Copyable value={line} label={words.developers.firstCall} />
    </section>
  )
}
