/** One delivery: when its provider would have sent it, and the exact text it would have sent. */
export interface ProviderDelivery {
  at: Date
  callId: string
  event: string
  body: string
}

export interface DayOptions {
  /** The same seed makes the same call ids and the same talk. */
  seed: number
  now: Date
  /** Calls that begin now and end within a minute, instead of a day that is over. */
  live?: boolean
}

export const inOrder = (deliveries: readonly ProviderDelivery[]): ProviderDelivery[] =>
  deliveries.toSorted((a, b) => a.at.getTime() - b.at.getTime())
