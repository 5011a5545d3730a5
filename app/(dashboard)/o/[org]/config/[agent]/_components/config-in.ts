import { textIn } from '#lib/browser/form-text'
import { type AgentConfig, agentLanguages } from '#lib/kernel/agent-config'
import { type Weekday, weekdays } from '#lib/kernel/opening-hours'

/** What a form of a config says. The server judges it. */
export function configIn(form: HTMLFormElement): AgentConfig {
  const first = agentLanguages.find((tag) => tag === textIn(form, 'language')) ?? 'en'
  const chosen = new FormData(form).getAll('languages')
  const others = agentLanguages.filter((tag) => tag !== first && chosen.includes(tag))
  const hours: Partial<Record<Weekday, { from: string; to: string }>> = {}
  for (const day of weekdays) {
    if (textIn(form, `${day}-open`) !== 'on') continue
    hours[day] = { from: textIn(form, `${day}-from`), to: textIn(form, `${day}-to`) }
  }
  return {
    greeting: textIn(form, 'greeting'),
    disclosure: textIn(form, 'disclosure'),
    languages: [first, ...others],
    voice: textIn(form, 'voice'),
    time_zone: textIn(form, 'time_zone'),
    hours,
    fallback: { text: textIn(form, 'fallback'), number: textIn(form, 'fallback_number').trim() || null },
  }
}
