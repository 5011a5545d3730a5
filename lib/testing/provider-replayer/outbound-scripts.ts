import { bola, nobody, type Script } from './script.ts'

/** People a courier calls: they pick up, they do not, or a machine does. */
export const outboundScripts: readonly Script[] = [
  {
    agent: bola,
    direction: 'outbound',
    caller: '+2348105550144',
    reason: 'user_hangup',
    status: 'ended',
    lines: [
      ['a', 'Good afternoon, this is Bola from Sabi Logistics about your parcel. Is now a good time?'],
      ['c', 'Yes, go on.'],
      ['a', 'The rider is at your gate. Which number should he call?'],
      ['c', 'Oh eight one oh, triple five, oh one double four.'],
      ['a', 'Thank you. He is calling now.'],
    ],
    analysis: {
      call_summary: 'Parcel handed over after the rider was given a number.',
      call_successful: true,
      user_sentiment: 'Positive',
    },
  },
  {
    agent: bola,
    direction: 'outbound',
    caller: '+2348135550155',
    reason: 'dial_no_answer',
    status: 'not_connected',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    caller: '+2349035550166',
    reason: 'dial_busy',
    status: 'not_connected',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    caller: '+2347035550177',
    reason: 'voicemail_reached',
    status: 'ended',
    lines: [['a', 'Hello, this is Bola from Sabi Logistics. Your parcel comes tomorrow. Please call us back.']],
    analysis: {
      call_summary: 'Left a message about tomorrow’s delivery.',
      call_successful: false,
      user_sentiment: 'Unknown',
      in_voicemail: true,
    },
  },
  {
    agent: bola,
    direction: 'outbound',
    caller: '+2349155550123',
    reason: 'user_declined',
    status: 'not_connected',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    caller: '08030',
    reason: 'invalid_destination',
    status: 'not_connected',
    lines: [],
    analysis: nobody,
  },
]
