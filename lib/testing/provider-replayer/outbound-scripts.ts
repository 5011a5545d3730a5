import { bola, nobody, type Script } from './script.ts'

/** People a courier calls: they pick up, they do not, or a machine does. */
export const outboundScripts: readonly Script[] = [
  {
    agent: bola,
    direction: 'outbound',
    language: 'en',
    caller: '+2348105550144',
    end: 'caller',
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
    language: 'en',
    caller: '+2348135550155',
    end: 'no_answer',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    language: 'en',
    caller: '+2349035550166',
    end: 'busy',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    language: 'en',
    caller: '+2347035550177',
    end: 'voicemail',
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
    language: 'en',
    caller: '+2349155550123',
    end: 'declined',
    lines: [],
    analysis: nobody,
  },
  {
    agent: bola,
    direction: 'outbound',
    language: 'en',
    caller: '08030',
    end: 'invalid_number',
    lines: [],
    analysis: nobody,
  },
]
