import { ExactTime } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { NavLink } from '#components/ui/nav-link'
import { Cell, HeadCell, roles, Table, TableBody, TableHead } from '#components/ui/table'
import { isOfCall, type ShownEntry } from '#lib/features/audit/shapes'

import * as words from '../../../../../../components/words/words.ts'

/** One row an entry; what else it holds opens under it. */
export function EntryTable({
  entries,
  path,
  callsPath,
}: {
  entries: readonly ShownEntry[]
  path: string
  callsPath: string
}) {
  const { columns } = words.audit
  return (
    <Table caption={words.audit.title}>
      <TableHead>
        <HeadCell>{columns.time}</HeadCell>
        <HeadCell>{columns.who}</HeadCell>
        <HeadCell>{columns.what}</HeadCell>
        <HeadCell>{columns.result}</HeadCell>
        <HeadCell>{columns.from}</HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <tr
            key={entry.id}
            {...roles.row}
            className="align-top @2xl:*:py-2 @max-2xl:flex @max-2xl:flex-col @max-2xl:gap-0.5 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-1 @max-2xl:py-3"
          >
            <Cell className="whitespace-nowrap text-muted">
              <ExactTime at={entry.at} />
            </Cell>
            <Cell>
              {entry.actor.id === null ? (
                words.audit.kinds[entry.actor.kind]
              ) : (
                <NavLink href={`${path}?actor=${entry.actor.id}`} className="text-accent">
                  {entry.actor.name ?? words.audit.kinds[entry.actor.kind]}
                </NavLink>
              )}
            </Cell>
            <Cell>
              <span className="font-medium">{words.audit.actionOf(entry.action)}</span>{' '}
              <span className="text-muted [overflow-wrap:anywhere]">{subjectOf(entry)}</span>
              <EntryDetails entry={entry} path={path} callsPath={callsPath} />
            </Cell>
            <Cell>
              <Badge tone={entry.result === 'done' ? 'plain' : 'warn'}>{words.audit.results[entry.result]}</Badge>
            </Cell>
            <Cell className="font-mono text-12">
              {entry.address === null || !/[.:]/.test(entry.address) ? (
                (entry.address ?? '–')
              ) : (
                <NavLink href={`${path}?address=${encodeURIComponent(entry.address)}`} className="text-accent">
                  {entry.address}
                </NavLink>
              )}
            </Cell>
          </tr>
        ))}
      </TableBody>
    </Table>
  )
}

/** What it was about, in a word: what a refused one asked for, else the name that was given. */
function subjectOf({ action, facts, details }: ShownEntry): string {
  if (action === 'access.refused') return String(facts['use_case'] ?? '')
  return details.find(({ name }) => ['name', 'title', 'email', 'after'].includes(name))?.value ?? ''
}

function EntryDetails({ entry, path, callsPath }: { entry: ShownEntry; path: string; callsPath: string }) {
  const lines: [string, string][] = [
    ...Object.entries(entry.facts).map(([name, value]): [string, string] => [name.replaceAll('_', ' '), String(value)]),
    ...entry.details.map(({ name, value }): [string, string] => [name, value]),
    ...(entry.user_agent === null ? [] : [[words.audit.userAgent, entry.user_agent] satisfies [string, string]]),
    [words.audit.requestId, entry.request_id],
  ]
  return (
    <details className="text-12 text-muted">
      <summary className="w-fit cursor-pointer">{words.audit.more}</summary>
      <dl className="my-1 grid grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 [overflow-wrap:anywhere]">
        {entry.target !== null && (
          <>
            <dt>{words.audit.target}</dt>
            <dd className="font-mono">
              <NavLink
                className="text-accent"
                href={isOfCall(entry.action) ? `${callsPath}/${entry.target}` : `${path}?target=${entry.target}`}
              >
                {entry.target}
              </NavLink>
            </dd>
          </>
        )}
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd className="font-mono">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
