/** What was said, in order: `a` the agent, `c` the caller, `t` a colleague the call was passed to. */
export type Line = readonly ['a' | 'c' | 't', string]

/** How a call ended, in no provider's words. */
export const callEnds = [
  'caller',
  'agent',
  'transfer',
  'silence',
  'fault',
  'too_long',
  'voicemail',
  'no_answer',
  'busy',
  'declined',
  'invalid_number',
] as const
export type CallEnd = (typeof callEnds)[number]

export const wasAnswered = (end: CallEnd): boolean => !['no_answer', 'busy', 'declined', 'invalid_number'].includes(end)

/** One call of the day, before it has a time, an id or a number. */
export interface Script {
  agent: { id: string; name: string; number: string }
  direction: 'inbound' | 'outbound'
  /** The outside party as the carrier wrote it. Null: a call in a browser. */
  caller: string | null
  language: 'en' | 'pcm' | 'yo' | 'ha' | 'ig' | 'sw'
  end: CallEnd
  lines: readonly Line[]
  analysis: {
    call_summary: string
    call_successful: boolean
    user_sentiment: 'Positive' | 'Neutral' | 'Negative' | 'Unknown'
    in_voicemail?: boolean
  }
  transferredTo?: string
  metadata?: Record<string, string | number>
}

export const ada = { id: 'agent_7f1c2e90ada', name: 'Ada (orders)', number: '+2342015550100' }
export const bola = { id: 'agent_51b8d0aabola', name: 'Bola (deliveries)', number: '+2342015550101' }
export const zainab = { id: 'agent_9e44c7bzainab', name: 'Zainab (clinic)', number: '+2342015550102' }

export const nobody = {
  call_summary: 'Nobody was reached.',
  call_successful: false,
  user_sentiment: 'Unknown',
} as const
