import type { CallFacts } from '../../calls/shapes.ts'

export type ProviderKind = 'retell'

/** The request as it came over the wire, before anything parsed it. */
export interface SignedRequest {
  rawBody: Buffer
  headers: { get(name: string): string | null }
  /** The organisation's secret for this hook. */
  secret: string
  now: Date
}

export type Verdict = { ok: true } | { ok: false; reason: 'missing' | 'malformed' | 'stale' | 'mismatch' }

export interface ProviderEvent {
  /** The provider's own id of this delivery. Null: it has none, so the raw body's HMAC tells duplicates apart. */
  eventId: string | null
  /** The event's name, or `unrecognised` when it is not a plain word. Safe to log. */
  eventType: string
  occurredAt: Date | null
  /** Null: acknowledged, nothing to store. */
  facts: CallFacts | null
}

/**
 * What one provider speaks. Pure: no clock, no network, no database.
 * Events of one call may arrive in any order and any number of times, so `read` says only what holds whichever came first:
 * what is still changing (cost, latency, talk time) is told by ended events alone, and only one ending can be told of a call.
 */
export interface Adapter {
  kind: ProviderKind
  name: string
  /** ISO 3166-1 alpha-2 codes of where the provider handles calls. */
  countries: readonly string[]
  verify: (request: SignedRequest) => Verdict
  /** Throws AppError('invalid_input') naming each wrong field, and nothing else. */
  read: (body: unknown) => ProviderEvent
  /** Numbers of the raw body that are times, lengths or costs, so redaction leaves them alone. */
  keepNumbersAt: (path: readonly (string | number)[]) => boolean
}

/** Older or newer than this, a signed request may be a replay. */
export const REPLAY_WINDOW_MS = 5 * 60 * 1000
