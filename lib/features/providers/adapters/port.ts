import type { ProviderKind } from '../../../kernel/provider-kind.ts'
import type { CallFacts } from '../../calls/shapes.ts'

/** How a provider of ours is set up besides its secret: each adapter knows its own keys. Nothing secret, nothing typed by a caller. */
export type ProviderSettings = Readonly<Record<string, unknown>>

/** The request as it came over the wire, before anything parsed it. */
export interface SignedRequest {
  rawBody: Buffer
  headers: { get(name: string): string | null }
  /** Our own public address of this hook, query included, as the provider was given it: some sign it. */
  url: string
  /** The organisation's secret for this hook; during a rotation the door tries the previous one too. */
  secret: string
  settings: ProviderSettings
  now: Date
}

export type Verdict = { ok: true } | { ok: false; reason: 'missing' | 'malformed' | 'stale' | 'mismatch' }

/** `signed`: over the body. `shared_secret`: a secret came along, the body is not covered. `unsigned`: only the address is secret. */
export type Authenticity = 'signed' | 'shared_secret' | 'unsigned'

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
  /** Where that depends on how it is set up. */
  countriesFor?: (settings: ProviderSettings) => readonly string[]
  /** What it sends: decides how the raw body is parsed. */
  body: 'json' | 'form'
  /** Fields of a form that are never kept, not even sealed: keys a caller pressed. */
  neverKept?: readonly string[]
  authenticity: (settings: ProviderSettings) => Authenticity
  verify: (request: SignedRequest) => Verdict
  /** Throws AppError('invalid_input') naming each wrong field, and nothing else. */
  read: (body: unknown, settings: ProviderSettings) => ProviderEvent
}

/** Older or newer than this, a signed request may be a replay. */
export const REPLAY_WINDOW_MS = 5 * 60 * 1000
