import { agentLanguages, type AgentConfig } from '../../kernel/agent-config.ts'
import { presetHours, presetOf } from '../../kernel/country-preset.ts'

/** What a new voice agent says until somebody writes better: the country brings languages and hours. */
export function startingConfig({ country, timeZone }: { country: string; timeZone: string }): AgentConfig {
  const spoken = presetOf(country)?.languages ?? []
  const languages = agentLanguages.filter((one) => spoken.includes(one))
  return {
    greeting: 'Hello, thank you for calling. How can I help you?',
    disclosure: 'You are speaking with an automated assistant. This call may be recorded.',
    languages: languages.length > 0 ? languages : ['en'],
    voice: 'standard',
    time_zone: timeZone,
    hours: presetHours,
    fallback: { text: 'We cannot take your call now. Please call again during our opening hours.', number: null },
    knowledge: [],
  }
}
