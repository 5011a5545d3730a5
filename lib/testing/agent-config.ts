import type { AgentConfig } from '../kernel/agent-config.ts'

/** What a voice agent could say. */
export const sampleConfig: AgentConfig = {
  greeting: 'Ẹ káàárọ̀, this is Ada Stores.',
  disclosure: 'An AI answers this call.',
  languages: ['yo', 'en'],
  voice: 'calm',
  time_zone: 'Africa/Lagos',
  hours: { mon: { from: '08:00', to: '18:00' } },
  fallback: { text: 'Call again tomorrow.', number: null },
  knowledge: [],
}
