import type { CallDetail, ShownCall, ShownCaller, Transcript } from '#lib/features/calls/shapes'

/** The moment this kit is drawn. */
export const drawnAt = (): number => Date.now()

export const sampleZone = 'Africa/Lagos'
export const samplePerson = { name: 'Amaka Obi', email: 'amaka@adunni.example' }
export const sampleOrganisations = [
  { name: 'Adunni Clinics', href: '/kit?screen=calls' },
  { name: 'Baraka Deliveries', href: '/kit?screen=empty' },
] as const

const caller = (masked: string, country: string, more: Partial<ShownCaller> = {}): ShownCaller => ({
  kind: 'number',
  masked,
  country,
  token: null,
  hidden: 'not_stored',
  ...more,
})

export const sampleCallers: readonly ShownCaller[] = [
  caller('+234 *** *** 789', 'NG'),
  caller('+254 *** *** 041', 'KE', { hidden: 'not_allowed' }),
  caller('+233 *** *** 512', 'GH', { hidden: 'none', digits: '+233 30 000 0512' }),
  caller('Withheld', 'NG', { kind: 'withheld' }),
  caller('Short code', 'NG', { kind: 'short_code' }),
  caller('SIP address', 'NG', { kind: 'sip' }),
]

type Story = [agoSeconds: number, who: ShownCaller, more: Partial<ShownCall>]

const [nigerian, kenyan, ghanaian, withheld] = [
  caller('+234 *** *** 789', 'NG'),
  caller('+254 *** *** 041', 'KE'),
  caller('+233 *** *** 512', 'GH'),
  caller('Withheld', 'NG', { kind: 'withheld' }),
]
const naira = (amount: number) => ({ amount_minor: amount, currency: 'NGN' })

const stories: readonly Story[] = [
  [8, nigerian, { status: 'in_progress', agent: 'Front desk', outcome: null, talk_ms: null, cost: null }],
  [
    21,
    caller('+234 *** *** 306', 'NG'),
    { status: 'ringing', agent: 'Front desk', outcome: null, talk_ms: null, cost: null },
  ],
  [260, kenyan, { agent: 'Front desk', outcome: 'Appointment booked', talk_ms: 130_000, cost: naira(14_250) }],
  [540, withheld, { agent: 'Front desk', outcome: 'Asked for opening hours', talk_ms: 41_000, cost: naira(4_500) }],
  [
    1_900,
    caller('+234 *** *** 118', 'NG'),
    {
      status: 'no_answer',
      direction: 'outbound',
      agent: 'Reminder for appointments on the day before',
      outcome: null,
      talk_ms: 0,
      cost: naira(300),
    },
  ],
  [
    3_000,
    ghanaian,
    {
      status: 'voicemail',
      direction: 'outbound',
      agent: 'Reminder for appointments on the day before',
      outcome: 'Left a message',
      talk_ms: 22_000,
      cost: naira(2_100),
    },
  ],
  [
    5_400,
    caller('+234 *** *** 934', 'NG'),
    { status: 'failed', agent: 'Front desk', outcome: null, talk_ms: 3_000, cost: naira(350) },
  ],
  [
    7_300,
    caller('+234 *** *** 275', 'NG'),
    {
      agent: 'Results desk',
      outcome: 'Passed on to a nurse because the caller described chest pain',
      talk_ms: 312_000,
      cost: naira(33_900),
    },
  ],
  [
    9_600,
    caller('+221 *** *** 660', 'SN'),
    {
      status: 'busy',
      direction: 'outbound',
      agent: 'Reminder for appointments on the day before',
      outcome: null,
      talk_ms: 0,
      cost: { amount_minor: 12, currency: 'XOF' },
    },
  ],
  [
    14_000,
    caller('+234 *** *** 402', 'NG'),
    {
      status: 'completed',
      environment: 'test',
      agent: 'Front desk',
      outcome: 'Test of the new greeting',
      talk_ms: 18_000,
      cost: null,
    },
  ],
  [
    90_000,
    caller('+27 *** *** 883', 'ZA'),
    { status: 'canceled', direction: 'outbound', agent: null, outcome: null, talk_ms: null, cost: null },
  ],
  [
    180_000,
    caller('+234 *** *** 551', 'NG'),
    {
      status: 'unknown_end',
      status_raw: 'wandered-off',
      agent: 'Front desk',
      outcome: null,
      talk_ms: 64_000,
      cost: naira(7_000),
    },
  ],
]

export function sampleCalls(now: number): ShownCall[] {
  return stories.map(([agoSeconds, who, more], at) => ({
    id: `01934f7e-9a4c-7c1d-8c55-${String(at).padStart(12, '0')}`,
    environment: 'live',
    external_id: null,
    provider: 'Retell',
    status: 'completed',
    status_raw: null,
    direction: 'inbound',
    caller: who,
    number: '+234 700 000 0000',
    agent: null,
    started_at: new Date(now - agoSeconds * 1000).toISOString(),
    answered_at: null,
    ended_at: null,
    talk_ms: null,
    ended_reason: null,
    languages: ['en', 'pcm'],
    outcome: null,
    success: null,
    cost: null,
    tags: [],
    follow_up: null,
    ...more,
  }))
}

export function sampleDetail(now: number): CallDetail {
  const at = (agoSeconds: number) => new Date(now - agoSeconds * 1000).toISOString()
  return {
    id: '01934f7e-9a4c-7c1d-8c55-000000000002',
    environment: 'live',
    external_id: 'call_8f2b6d1c',
    provider: 'Retell',
    status: 'completed',
    status_raw: null,
    direction: 'inbound',
    caller: kenyan,
    number: '+234 700 000 0000',
    agent: 'Front desk',
    started_at: at(260),
    answered_at: at(252),
    ended_at: at(122),
    talk_ms: 130_000,
    ended_reason: 'caller_hung_up',
    ended_reason_raw: 'user_hangup',
    languages: ['en', 'pcm'],
    outcome: 'Appointment booked',
    success: true,
    cost: naira(14_250),
    tags: [],
    follow_up: null,
    sentiment: 'positive',
    summary:
      'A patient asked to move a check-up to Thursday morning. The agent found 9:30 free and booked it. Call back on [number removed].',
    consent: { state: 'given', type: 'spoken', at: at(248) },
    latency_ms: { e2e: 980, asr: 140, llm: 520, tts: 210 },
    countries: ['ZA', 'NG'],
    has_recording: true,
    turn_count: sampleTurns.length,
    cost_components: [
      { name: 'voice', amount_minor: 8_100 },
      { name: 'language model', amount_minor: 4_150 },
      { name: 'phone line', amount_minor: 2_000 },
    ],
    config_version: 3,
    judged: ['outcome'],
    reconciliation: null,
  }
}

export const sampleTurns: Transcript['turns'] = [
  {
    role: 'agent',
    at_ms: 0,
    text: 'Good afternoon, this is Adunni Clinics. I am an AI assistant and this call is recorded. How may I help?',
  },
  {
    role: 'caller',
    at_ms: 6_200,
    text: 'Good afternoon o. I get check-up for Wednesday, abeg I wan move am to Thursday.',
  },
  { role: 'tool', at_ms: 11_900, text: 'find_slots(day: Thursday) → 9:30, 11:00, 15:15' },
  {
    role: 'agent',
    at_ms: 13_400,
    text: 'Of course. On Thursday I have half past nine, eleven, and a quarter past three. Which one suits you?',
  },
  { role: 'caller', at_ms: 21_000, text: 'Half past nine. Make una call me for [number removed] if anything change.' },
  { role: 'caller', at_ms: 27_300, text: 'Ẹ ṣé gan an.' },
  {
    role: 'agent',
    at_ms: 29_000,
    text: 'You are booked for Thursday at half past nine. We will call that number, ending 041, if anything changes. Ẹ ṣé, have a good day.',
  },
]
