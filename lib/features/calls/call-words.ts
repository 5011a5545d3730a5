import { z } from 'zod'

import { callStatuses } from '../../kernel/call-status.ts'

export const CallStatus = z.enum(callStatuses)
export type CallStatus = z.infer<typeof CallStatus>

export const endedReasons = [
  'caller_hung_up',
  'agent_hung_up',
  'transferred',
  'voicemail',
  'no_answer',
  'busy',
  'rejected',
  'invalid_number',
  'silence',
  'too_long',
  'blocked',
  'provider_error',
  'unknown',
] as const
export const EndedReason = z.enum(endedReasons)
export type EndedReason = z.infer<typeof EndedReason>

export const Direction = z.enum(['inbound', 'outbound'])
export const TurnRole = z.enum(['caller', 'agent', 'tool'])
