import { FactList } from '#components/records/fact-list'
import { type AgentConfig, changesBetween } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'

/** A config to read. */
export function ConfigFacts({ config, documents }: { config: AgentConfig; documents: Titles }) {
  const facts = changesBetween(null, config).map(({ field, after }) => ({
    name: words.agents.fieldOf(field),
    value: shownValue(field, after ?? '', documents),
  }))
  return <FactList facts={facts} />
}

/** Documents by name. */
export type Titles = readonly { id: string; title: string }[]

/** A value as people say it. */
export function shownValue(field: string, value: string, documents: Titles): string {
  const names =
    field === 'knowledge' ? Object.fromEntries(documents.map(({ id, title }) => [id, title])) : words.agents.languages
  if (field !== 'languages' && field !== 'knowledge') return value
  return value
    .split(', ')
    .map((tag) => names[tag] ?? (field === 'knowledge' ? words.agents.goneDocument : tag))
    .join(', ')
}
