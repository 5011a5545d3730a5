import type { CallStatus, EndedReason } from '#lib/features/calls/shapes'

import { pluralIn } from './plural.ts'

// Marked so that a page which does not name these words does not carry them.
const plural = /* @__PURE__ */ pluralIn('en-GB')

const statuses: Record<CallStatus, string> = {
  queued: 'Queued',
  ringing: 'Ringing',
  in_progress: 'In progress',
  completed: 'Completed',
  no_answer: 'No answer',
  busy: 'Busy',
  rejected: 'Rejected',
  voicemail: 'Voicemail',
  canceled: 'Cancelled',
  failed: 'Failed',
  unknown_end: 'Ended, reason unknown',
}

const endings: Record<EndedReason, string> = {
  caller_hung_up: 'The caller hung up',
  agent_hung_up: 'The agent ended the call',
  transferred: 'The call was transferred',
  voicemail: 'The call reached a voicemail box',
  no_answer: 'Nobody picked up',
  busy: 'The line was busy',
  rejected: 'The call was declined',
  invalid_number: 'The number does not exist',
  silence: 'The call ended because nobody spoke',
  too_long: 'The call reached its longest allowed length',
  blocked: 'The call was blocked',
  provider_error: 'The voice provider failed',
  unknown: 'The call ended, and the provider did not say why',
}

const running: Partial<Record<CallStatus, string>> = {
  queued: 'The call waits to be placed',
  ringing: 'The phone is ringing',
  in_progress: 'Call in progress',
}

export const calls = {
  title: 'Calls',
  columns: {
    caller: 'Caller',
    status: 'Status',
    agent: 'Agent',
    outcome: 'Outcome',
    tags: 'Tags',
    follow_up: 'Follow-up',
    started: 'Started',
    talk: 'Talk time',
    cost: 'Cost',
  },
  caption: 'Calls, newest first',
  statuses,
  endings,
  directions: { inbound: 'Incoming', outbound: 'Outgoing' },
  test: 'Test',
  noValue: 'None',
  open: (caller: string, status: string) => `Open call: ${caller}, ${status}`,
  newCalls: (count: number) => plural(count, { one: '# new call', other: '# new calls' }),
  shown: (count: number) => plural(count, { one: '# call', other: '# calls' }),
  newest: (count: number) => plural(count, { one: 'Newest call', other: 'Newest # calls' }),
  older: (count: number) => plural(count, { one: '# older call', other: '# older calls' }),
  filter: {
    all: 'All',
    label: 'Filter by status',
    open: 'Filter',
    more: 'More',
    remove: (status: string) => `${status}, remove filter`,
  },
  pager: { label: 'Pages', newer: 'Newer', older: 'Older', newest: 'Newest' },
  empty: {
    title: 'No calls yet',
    text: 'Calls appear here as soon as your voice provider reports the first one.',
    none: 'No calls match this filter',
    noneText: 'Remove the filter to see all calls.',
    clear: 'Show all calls',
  },
  badFilter: {
    title: 'This filter makes no sense',
    text: 'The address asks for something that the list does not know. It may have been changed by hand, or be an old one.',
  },
  hidden: {
    not_stored: 'Digits are not stored',
    closed: 'Stored before masking was switched on; nobody can open them now',
    not_allowed: 'You may not see digits',
    sealed: 'Digits are stored encrypted',
  },
  seal: 'Stored encrypted',
  live: {
    connecting: 'Connecting…',
    live: 'Live',
    reconnecting: (time: string) => `Reconnecting… as of ${time}`,
    stale: (time: string) => `No news since ${time}`,
    offline: (time: string) => `Offline, as of ${time}`,
    reload: 'Reload to see new calls',
    paused: 'Not live',
  },
  ended: (reason: EndedReason | null, status: CallStatus, talk: string | null) => {
    if (reason === 'unknown' && talk) return `The call ended after ${talk}, and the provider did not say why`
    const sentence = (reason && endings[reason]) ?? running[status] ?? statuses[status]
    return talk ? `${sentence} after ${talk}` : sentence
  },
  facts: {
    title: 'Facts',
    status: 'Status',
    outcome: 'Outcome',
    success: 'Success',
    sentiment: 'Sentiment',
    caller: 'Caller',
    number: 'Your number',
    direction: 'Direction',
    agent: 'Agent',
    config: 'Config',
    configVersion: (number: number) => `Version ${number}`,
    started: 'Started',
    answered: 'Answered',
    ended: 'Ended',
    talk: 'Talk time',
    cost: 'Cost',
    latency: 'Response time',
    consent: 'Consent to record',
    countries: 'Handled in',
    languages: 'Languages',
    provider: 'Provider',
    callId: 'Call id',
    externalId: 'Provider’s call id',
    reasonRaw: 'In the provider’s words',
    reconciliation: 'Provider’s log',
    yes: 'Yes',
    no: 'No',
    unknown: 'Not known',
  },
  /** What people call the kinds of providers. */
  providers: {
    api: 'Your own system, by API',
    retell: 'Retell AI',
    vapi: 'Vapi',
    twilio: 'Twilio',
    africastalking: 'Africa’s Talking, not signed',
    generic: 'Your own format',
  },
  reconciliations: {
    not_yet: 'Not checked yet: told by somebody who knew the address',
    agrees: 'Agrees',
    differs: 'Says otherwise',
    absent: 'Does not hold this call: perhaps somebody made it up',
  },
  sentiments: { positive: 'Positive', neutral: 'Neutral', negative: 'Negative' },
  consents: { given: 'Given', refused: 'Refused', not_asked: 'Not asked', unknown: 'Not known' },
  summary: 'Summary',
  back: 'All calls',
  transcript: {
    title: 'Transcript',
    turns: (count: number) => plural(count, { one: '# turn', other: '# turns' }),
    roles: { caller: 'Caller', agent: 'Agent', tool: 'Tool' },
    removed: 'number removed',
    removedWhy: 'A number was said here. It was removed before the text was stored or shown.',
    empty: 'No transcript yet',
    emptyText: 'The voice provider has not sent one for this call.',
  },
} as const
