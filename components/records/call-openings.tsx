import type { Openings } from '#lib/features/calls/shapes'

import * as words from '../words/words.ts'
import { Time } from './time.tsx'

/** Who read, heard or revealed something of a call; for whom the log is closed, how many people. */
export function CallOpenings({ openings: { people, data } }: { openings: Openings }) {
  const { openings } = words.callPage
  if (!data) return <p className="text-13 text-muted">{people === 0 ? openings.none : openings.people(people)}</p>
  if (data.length === 0) return <p className="text-13 text-muted">{openings.none}</p>
  return (
    <ul className="text-13">
      {data.map((one) => (
        <li
          key={`${one.at} ${one.action} ${one.who}`}
          className="flex flex-wrap justify-between gap-x-3 border-b border-line py-1.5 last:border-b-0"
        >
          <span className="min-w-0">
            <span className="font-medium">{nameOf(one)}</span> {openings.actions[one.action] ?? one.action}
          </span>
          <Time at={one.at} className="text-muted" />
        </li>
      ))}
    </ul>
  )
}

function nameOf({ who, kind }: NonNullable<Openings['data']>[number]): string {
  const { openings } = words.callPage
  if (kind === 'other') return openings.ours
  if (who === null) return openings.gone
  return kind === 'api_key' ? openings.key(who) : who
}
