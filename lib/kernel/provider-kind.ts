/** Whose events we can hear. The word stands in a hook's address. */
export const providerKinds = ['retell', 'vapi', 'twilio', 'africastalking', 'generic'] as const
export type ProviderKind = (typeof providerKinds)[number]
