import type { AgentConfig } from '#lib/kernel/agent-config'
import { changesBetween } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'
import { shownValue, type Titles } from './config-facts.tsx'

/** What differs, each field with both its values: taken away is struck through, put in is marked. */
export function ChangeList({
  from,
  to,
  documents,
  same,
}: {
  from: AgentConfig | null
  to: AgentConfig
  documents: Titles
  same: string
}) {
  const changes = changesBetween(from, to)
  if (changes.length === 0) return <p className="text-13 text-muted">{same}</p>
  return (
    <dl className="flex flex-col gap-3 text-13">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="flex flex-col gap-1">
          <dt className="font-medium">{words.agents.fieldOf(field)}</dt>
          {from !== null && (
            <dd className="rounded-6 bg-bad-wash px-2 py-1 break-words text-bad">
              <span className="sr-only">{words.agents.before}: </span>
              {before === null ? <em>{words.agents.none}</em> : <del>{shownValue(field, before, documents)}</del>}
            </dd>
          )}
          <dd className="rounded-6 bg-good-wash px-2 py-1 break-words text-good">
            <span className="sr-only">{words.agents.after}: </span>
            {after === null ? (
              <em>{words.agents.none}</em>
            ) : (
              <ins className="no-underline">{shownValue(field, after, documents)}</ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
