import { runAs, type TestOrganisation } from '../../testing/organisation.ts'
import { toldCall } from '../../testing/told-call.ts'
import { ingestCall, readTranscript } from './index.ts'

/** The id of a call that has just begun to ring. */
export const newCall = async ({ keyActor }: TestOrganisation, more: Record<string, unknown> = {}): Promise<string> =>
  (await runAs(ingestCall, keyActor, toldCall({ status: 'ringing', ...more }))).call.id

/** A turn as an event of its own. */
export const turn = (text: string, at_ms: number, role = 'caller') => ({ type: 'turn', role, text, at_ms })

/** `role: text` of each turn, as its owner reads them. */
export const textsOf = async ({ owner }: TestOrganisation, id: string): Promise<string[]> =>
  (await runAs(readTranscript, owner.actor, { id })).turns.map(({ role, text }) => `${role}: ${text}`)
