/** What was said, in order: `a` the agent, `c` the caller, `t` a colleague the call was passed to. */
export type Line = readonly ['a' | 'c' | 't', string]

/** One call of the day, before it has a time, an id or a number. */
export interface Script {
  agent: { id: string; name: string; number: string }
  direction: 'inbound' | 'outbound'
  /** The outside party as the carrier wrote it. Null: a call in a browser. */
  caller: string | null
  reason: string
  status: 'ended' | 'not_connected' | 'error'
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

const ada = { id: 'agent_7f1c2e90ada', name: 'Ada (orders)', number: '+2342015550100' }
const bola = { id: 'agent_51b8d0aabola', name: 'Bola (deliveries)', number: '+2342015550101' }
const zainab = { id: 'agent_9e44c7bzainab', name: 'Zainab (clinic)', number: '+2342015550102' }

const nobody = { call_summary: 'Nobody was reached.', call_successful: false, user_sentiment: 'Unknown' } as const

/** A day at three Lagos and Kano businesses. Numbers are made up; some are read aloud, because people do that. */
export const scripts: readonly Script[] = [
  {
    agent: ada,
    direction: 'inbound',
    caller: '+2348035550141',
    reason: 'user_hangup',
    status: 'ended',
    lines: [
      ['a', 'Good morning, Adunni Fabrics, this is Ada. This call is recorded. How can I help?'],
      ['c', 'Good morning o. Abeg, that ankara wey I see for Instagram, e still dey?'],
      ['a', 'Yes, the blue and gold one is in stock at ₦5,000 a yard.'],
      [
        'c',
        'Ehen. I want six yards. Make una call me back for this line: zero eight zero three, five five five, zero one four one.',
      ],
      ['a', 'Six yards, thirty thousand naira. We will call you before noon.'],
      ['c', 'No wahala, thank you.'],
    ],
    analysis: {
      call_summary: 'Caller reserved six yards of ankara and asked for a call back on 0803 555 0141.',
      call_successful: true,
      user_sentiment: 'Positive',
    },
    metadata: { campaign: 'instagram-march', crm_phone: '0803 555 0141' },
  },
  {
    agent: ada,
    direction: 'inbound',
    caller: '+2348055550122',
    reason: 'agent_hangup',
    status: 'ended',
    lines: [
      ['a', 'Adunni Fabrics, this is Ada. How can I help?'],
      ['c', 'Ẹ káàárọ̀ ma. Ṣé ẹ ní aṣọ òkè fún ìgbéyàwó?'],
      ['a', 'Ẹ káàárọ̀. Bẹ́ẹ̀ ni, a ní aṣọ òkè. Ọjọ́ wo ni ìgbéyàwó náà?'],
      ['c', 'Oṣù tó ń bọ̀. Nọ́mbà mi ni 0805 555 0122.'],
      ['a', 'Ẹ ṣé. A máa pè yín lọ́la.'],
    ],
    analysis: {
      call_summary: 'Wedding order for aso oke next month; will be called tomorrow.',
      call_successful: true,
      user_sentiment: 'Positive',
    },
  },
  {
    agent: zainab,
    direction: 'inbound',
    caller: '+2348065550133',
    reason: 'call_transfer',
    status: 'ended',
    transferredTo: '+2348095550199',
    lines: [
      ['a', 'Sannu, asibitin Kano Family Clinic. Ni ce Zainab. Me zan taimaka?'],
      ['c', 'Sannu. Ina son ganin likita gobe da safe.'],
      ['a', 'To. Akwai wuri da karfe goma. Zan hada ku da ma’aikaciyar jinya.'],
      ['t', 'Sannu, Hauwa ce daga wajen rajista. Menene lambar ku?'],
      ['c', 'Sifili takwas sifili shida, biyar biyar biyar, sifili daya uku uku.'],
      ['t', 'Na gode, sai gobe.'],
    ],
    analysis: {
      call_summary: 'Appointment tomorrow at ten; passed to the front desk.',
      call_successful: true,
      user_sentiment: 'Neutral',
    },
  },
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
    agent: ada,
    direction: 'inbound',
    caller: null,
    reason: 'user_hangup',
    status: 'ended',
    lines: [
      ['a', 'Welcome to Adunni Fabrics. You are talking to Ada in your browser.'],
      ['c', 'Hi. Do you deliver to Accra, and how much is it?'],
      ['a', 'We do, in three days, for ₦12,500.'],
      ['c', 'Great, I will order on the site.'],
    ],
    analysis: { call_summary: 'Asked about delivery to Accra.', call_successful: true, user_sentiment: 'Positive' },
  },
  {
    agent: zainab,
    direction: 'inbound',
    caller: 'anonymous',
    reason: 'inactivity',
    status: 'ended',
    lines: [
      ['a', 'Sannu, Kano Family Clinic, Zainab speaking. How can I help?'],
      ['c', 'Hello? … hello?'],
      ['a', 'I can hear you. How can I help?'],
    ],
    analysis: {
      call_summary: 'Caller could not be heard; the line went silent.',
      call_successful: false,
      user_sentiment: 'Unknown',
    },
  },
  {
    agent: zainab,
    direction: 'inbound',
    caller: '+254722555188',
    reason: 'user_hangup',
    status: 'ended',
    lines: [
      ['a', 'Kano Family Clinic, Zainab speaking. How can I help?'],
      ['c', 'Habari, I am calling from Nairobi about my father’s results.'],
      ['a', 'I can only give results to the patient. May I have his file number?'],
      [
        'c',
        'It is KF 4417. His phone is plus two three four, eight oh six, um, five five five, then zero one double nine.',
      ],
      ['a', 'Thank you. The doctor will call him today.'],
      ['c', 'Asante sana.'],
    ],
    analysis: {
      call_summary: 'Son asked for results of file KF 4417; doctor to call the patient.',
      call_successful: true,
      user_sentiment: 'Neutral',
    },
  },
  {
    agent: ada,
    direction: 'inbound',
    caller: '+2348025550111',
    reason: 'error_llm_websocket_lost_connection',
    status: 'error',
    lines: [
      ['a', 'Adunni Fabrics, this is Ada. How can I help?'],
      ['c', 'My order never reach since last week and I don pay!'],
    ],
    analysis: {
      call_summary: 'Complaint about a late order; the line dropped.',
      call_successful: false,
      user_sentiment: 'Negative',
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
  {
    agent: bola,
    direction: 'inbound',
    caller: '+233245550134',
    reason: 'max_duration_reached',
    status: 'ended',
    lines: [
      ['a', 'Sabi Logistics, Bola speaking.'],
      ['c', 'Chale, I dey Accra. My goods dey stuck for Seme border since Monday.'],
      ['a', 'I am sorry. The waybill number, please?'],
      ['c', 'SL 20931. And you can reach my brother on ०२४ ५५५ ०१३५ if this line cuts.'],
      ['a', 'I have it. We will send an update by WhatsApp.'],
    ],
    analysis: {
      call_summary: 'Goods held at Seme border; update promised.',
      call_successful: false,
      user_sentiment: 'Negative',
    },
  },
]
