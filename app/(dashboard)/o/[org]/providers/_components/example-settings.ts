import type { ProviderKind } from '#lib/kernel/provider-kind'

/** What the form begins with; null: this kind has nothing to set. */
export const exampleSettings: Record<ProviderKind, object | null> = {
  retell: null,
  vapi: { mode: 'bearer' },
  twilio: { region: 'us1' },
  africastalking: null,
  generic: {
    signature: { mode: 'hmac', header: 'x-webhook-signature' },
    mapping: {
      external_id: 'call.id',
      direction: { path: 'call.direction', values: { in: 'inbound', out: 'outbound' } },
      caller: 'call.from',
      number: 'call.to',
      status: { path: 'call.state', values: { done: 'completed', missed: 'no_answer' } },
      started_at: { path: 'call.started', format: 'iso' },
    },
    countries: [],
  },
}
