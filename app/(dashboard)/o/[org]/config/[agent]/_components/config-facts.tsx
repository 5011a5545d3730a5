import { FactList } from '#components/records/fact-list'
import { type AgentConfig, changesBetween } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'

/** A config to read. */
export function ConfigFacts({ config }: { config: AgentConfig }) {
  const facts = changesBetween(null, config).map(({ field, after }) => ({
    name: words.agents.fieldOf(field),
    value: shownValue(field, after ?? ''),
  }))
  return <FactList facts={facts} />
}

/** A value as people say it. */
export function shownValue(field: string, value: string): string {
  if (field !== 'languages') return value
  return value
    .split(', ')
    .map((tag) => words.agents.languages[tag] ?? tag)
    .join(', ')
}
