import { textIn } from '#lib/browser/form-text'
import { hoursIn } from '#lib/browser/hours-in'
import { type AgentConfig, agentLanguages } from '#lib/kernel/agent-config'

/** What a form of a config says. The server judges it. */
export function configIn(form: HTMLFormElement): AgentConfig {
  const first = agentLanguages.find((tag) => tag === textIn(form, 'language')) ?? 'en'
  const chosen = new FormData(form).getAll('languages')
  const others = agentLanguages.filter((tag) => tag !== first && chosen.includes(tag))
  return {
    greeting: textIn(form, 'greeting'),
    disclosure: textIn(form, 'disclosure'),
    languages: [first, ...others],
    voice: textIn(form, 'voice'),
    time_zone: textIn(form, 'time_zone'),
    hours: hoursIn(form),
    fallback: { text: textIn(form, 'fallback'), number: textIn(form, 'fallback_number').trim() || null },
    knowledge: new FormData(form).getAll('knowledge').filter((one) => typeof one === 'string'),
  }
}
