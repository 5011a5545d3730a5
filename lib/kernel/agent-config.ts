import { type OpeningHours, weekdays } from './opening-hours.ts'

/** What our agents speak; BCP 47. Pidgin is `pcm`. */
export const agentLanguages = ['en', 'pcm', 'yo', 'ha', 'ig', 'sw'] as const
export type AgentLanguage = (typeof agentLanguages)[number]

/** What a voice agent says and when: one published version of it answers a call. */
export interface AgentConfig {
  /** Its first words. */
  greeting: string
  /** Said before anything is asked: that a machine speaks, and what is kept. */
  disclosure: string
  /** It answers in the first unless the caller speaks another of them. */
  languages: AgentLanguage[]
  /** As the voice engine calls it. */
  voice: string
  time_zone: string
  hours: OpeningHours
  /** What happens outside hours, and when it knows no answer. `number`, E.164: where the call is passed on to. */
  fallback: { text: string; number: string | null }
  /** Ids of the documents it answers from. */
  knowledge: string[]
}

export interface ConfigChange {
  /** As in `hours.mon`. */
  field: string
  /** Null: it was not there. */
  before: string | null
  after: string | null
}

/** What differs, field by field, in the order a config is read. From nothing everything does. */
export function changesBetween(before: AgentConfig | null, after: AgentConfig): ConfigChange[] {
  const was = before ? leavesOf(before) : new Map<string, string>()
  const is = leavesOf(after)
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((field) => {
    const change = { field, before: was.get(field) ?? null, after: is.get(field) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

function leavesOf({
  greeting,
  disclosure,
  languages,
  voice,
  time_zone,
  hours,
  fallback,
  knowledge,
}: AgentConfig): Map<string, string> {
  const days = weekdays.map((day): [string, string | null] => {
    const open = hours[day]
    return [`hours.${day}`, open ? `${open.from}–${open.to}` : null]
  })
  const leaves: [string, string | null][] = [
    ['greeting', greeting],
    ['disclosure', disclosure],
    ['languages', languages.join(', ')],
    ['voice', voice],
    ['time_zone', time_zone],
    ...days,
    ['fallback.text', fallback.text],
    ['fallback.number', fallback.number],
    ['knowledge', knowledge.length > 0 ? knowledge.join(', ') : null],
  ]
  return new Map(leaves.flatMap(([field, value]) => (value === null ? [] : [[field, value]])))
}
