import { and, asc, eq } from 'drizzle-orm'

import { call, callTurn } from '#drizzle/schema/call'

import { reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { redactTurns } from './redact-turns.ts'
import { OneCall, Transcript } from './shapes.ts'

/** A call that goes on is drawn anew with each turn: that is one reading. */
const ONE_READING_SECONDS = 300

/** What was said. The entry that it was read is committed before the first word leaves. */
export const readTranscript = query({
  name: 'transcripts.read',
  allow: 'calls.view',
  limit: perActor(300, 'minute'),
  audit: { action: 'transcript.read', target: (input) => input.id, oneReadingSeconds: ONE_READING_SECONDS },
  input: OneCall,
  output: Transcript,
  read: ({ tx, input, organisation }) => [
    tx
      .select({ environment: call.environment })
      .from(call)
      .where(and(eq(call.org, organisation), eq(call.id, input.id))),
    tx
      .select({ id: callTurn.id, role: callTurn.role, atMs: callTurn.atMs, textSealed: callTurn.textSealed })
      .from(callTurn)
      .where(and(eq(callTurn.org, organisation), eq(callTurn.callId, input.id)))
      .orderBy(asc(callTurn.atMs), asc(callTurn.seq)),
  ],
  answer({ input, vault, actor, maySeeDigits }, [[found], turns]) {
    if (!found || !reaches(actor, found.environment)) throw notFound()
    const said = turns.map((turn) => vault.open(sealed.callTurn.text, turn.id, turn.textSealed))
    const texts = maySeeDigits ? said : redactTurns(turns.map(({ role }, at) => ({ role, text: said[at] ?? '' })))
    return {
      call_id: input.id,
      turns: turns.map(({ role, atMs }, at) => ({ role, text: texts[at] ?? '', at_ms: atMs })),
    }
  },
})
