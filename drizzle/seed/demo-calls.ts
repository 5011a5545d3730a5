import type { z } from 'zod'

import type { IngestCall } from '#lib/features/calls/shapes'

type Call = z.input<typeof IngestCall>

interface Story {
  minutesAgo: number
  caller: string
  direction?: Call['direction']
  status: Call['status']
  seconds?: number
  reason: NonNullable<Call['ended_reason']>
  language: string
  outcome?: string
  summary?: string
  turns: [
    Call['transcript'] extends (infer T)[] | undefined ? (T extends { role: infer R } ? R : never) : never,
    string,
  ][]
}

const clinic: Story[] = [
  {
    minutesAgo: 9,
    caller: '0803 555 0171',
    status: 'completed',
    seconds: 132,
    reason: 'caller_hung_up',
    language: 'en',
    outcome: 'Appointment booked',
    summary: 'A mother asks for a check-up for her son; booked for Thursday at ten.',
    turns: [
      ['agent', 'Good morning, Adaora Clinic. How can I help you today?'],
      ['caller', 'Good morning. My son has been coughing since Sunday, I want to bring him in.'],
      ['agent', 'I am sorry to hear that. Thursday at ten is free with Doctor Bello. Shall I take it?'],
      ['caller', 'Yes please. If anything changes call me on oh eight oh three, five five five, oh one seven one.'],
      ['agent', 'Noted. Thursday at ten, then. Get well soon to him.'],
    ],
  },
  {
    minutesAgo: 41,
    caller: '0805 555 0164',
    status: 'completed',
    seconds: 88,
    reason: 'agent_hung_up',
    language: 'pcm',
    outcome: 'Question answered',
    summary: 'Asks whether the clinic is open on Saturday.',
    turns: [
      ['agent', 'Adaora Clinic, how I fit help you?'],
      ['caller', 'Abeg, una dey open for Saturday?'],
      ['agent', 'Yes, we dey open from nine reach two o’clock for Saturday.'],
    ],
  },
  {
    minutesAgo: 66,
    caller: '0701 555 0118',
    direction: 'outbound',
    status: 'no_answer',
    reason: 'no_answer',
    language: 'en',
    turns: [],
  },
  {
    minutesAgo: 121,
    caller: '+44 20 7946 0123',
    status: 'completed',
    seconds: 204,
    reason: 'transferred',
    language: 'en',
    outcome: 'Passed to a nurse',
    summary: 'A daughter abroad asks after her father’s test results; passed to the ward.',
    turns: [
      ['agent', 'Adaora Clinic, good afternoon.'],
      ['caller', 'I am calling from London about my father, he was admitted yesterday.'],
      ['agent', 'I will pass you to the nurse on duty. One moment please.'],
    ],
  },
  {
    minutesAgo: 190,
    caller: 'anonymous',
    status: 'completed',
    seconds: 14,
    reason: 'silence',
    language: 'en',
    outcome: 'Nobody spoke',
    turns: [['agent', 'Adaora Clinic, good morning. Hello?']],
  },
  {
    minutesAgo: 300,
    caller: '0812 555 0133',
    direction: 'outbound',
    status: 'voicemail',
    seconds: 21,
    reason: 'voicemail',
    language: 'en',
    outcome: 'Reminder left',
    turns: [['agent', 'This is a reminder of your appointment tomorrow at nine.']],
  },
]

const attorneys: Story[] = [
  {
    minutesAgo: 14,
    caller: '082 555 0142',
    status: 'completed',
    seconds: 176,
    reason: 'caller_hung_up',
    language: 'en',
    outcome: 'Consultation booked',
    summary: 'A tenant asks about an eviction notice; consultation booked for Friday.',
    turns: [
      ['agent', 'Maseko Dlamini Attorneys, good morning.'],
      ['caller', 'My landlord gave me a letter to leave by month end. Is that allowed?'],
      ['agent', 'An attorney should read the letter. Friday at eleven is free. Shall I book it?'],
      ['caller', 'Please. You can reach me on 082 555 0142.'],
    ],
  },
  {
    minutesAgo: 75,
    caller: '011 555 0199',
    status: 'busy',
    reason: 'busy',
    direction: 'outbound',
    language: 'en',
    turns: [],
  },
  {
    minutesAgo: 230,
    caller: '073 555 0107',
    status: 'completed',
    seconds: 64,
    reason: 'caller_hung_up',
    language: 'en',
    outcome: 'Wrong number',
    turns: [
      ['agent', 'Maseko Dlamini Attorneys, good morning.'],
      ['caller', 'Sorry, I was looking for the pharmacy.'],
    ],
  },
]

/** The numbers those calls come in by, and one that nobody called yet, as a list to bring in. */
export function demoNumbers(country: string): string {
  const rows =
    country === 'NG'
      ? ['+2342017000100,Front desk,MTN', '+2342017000180,Pharmacy,']
      : ['+27215550100,Reception,Telkom', '+27215550180,After hours,']
  return ['number,label,provider', ...rows].join('\n')
}

/** A believable morning, relative to now: what a first look at the screens shows. Made-up numbers only. */
export function demoCalls(country: string, now: Date): Call[] {
  const [stories, number, agent] =
    country === 'NG' ? [clinic, '+2342017000100', 'Front desk'] : [attorneys, '+27215550100', 'Reception']
  return stories.map((story, at) => {
    const started = new Date(now.getTime() - story.minutesAgo * 60_000)
    const ended = new Date(started.getTime() + (story.seconds ?? 30) * 1000)
    return {
      external_id: `demo-${country.toLowerCase()}-${at + 1}`,
      direction: story.direction ?? 'inbound',
      caller: story.caller,
      number,
      agent,
      status: story.status,
      started_at: started.toISOString(),
      ...(story.seconds ? { answered_at: started.toISOString() } : {}),
      ended_at: ended.toISOString(),
      ended_reason: story.reason,
      languages: [story.language],
      ...(story.outcome ? { outcome: story.outcome } : {}),
      ...(story.summary ? { summary: story.summary } : {}),
      cost: {
        amount_minor: story.seconds ? 900 + Math.round(story.seconds * 45) : 0,
        currency: country === 'NG' ? 'NGN' : 'ZAR',
      },
      transcript: story.turns.map(([role, text], turn) => ({ role, text, at_ms: turn * 6_500 })),
      ...(story.turns.length > 0 ? { consent: { state: 'given' as const, type: 'announcement' } } : {}),
    }
  })
}
