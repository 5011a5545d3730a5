import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { LinkButton } from '#components/ui/link-button'
import { listEntries } from '#lib/features/audit/index'
import { ListEntries } from '#lib/features/audit/shapes'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { EntryFilter } from './_components/entry-filter.tsx'
import { EntryTable } from './_components/entry-table.tsx'

export const metadata = { title: words.audit.title }

interface AuditPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The organisation's log: what the address asks for, newest first. */
export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { org } = await params
  const path = `/o/${org}/audit`
  const given = filled(await searchParams)
  const asked = ListEntries.safeParse(withZone(given))
  // Asked with nothing when the filter makes no sense: whether this member may look at all is the gate's to say.
  const page = await ask(listEntries, asked.success ? asked.data : { limit: 1 }, { org })
  const { cursor: _, ...filters } = given
  const older = new URLSearchParams({ ...filters, cursor: page.next_cursor ?? '' }).toString()
  return (
    <>
      <PageHeader title={words.audit.title}>
        <p className="max-w-2xl text-13 text-muted">{words.audit.lead}</p>
        <EntryFilter path={path} given={filters} />
      </PageHeader>
      {asked.success && page.data.length > 0 && (
        <EntryTable entries={page.data} path={path} callsPath={`/o/${org}/calls`} />
      )}
      {asked.success && page.data.length === 0 && (
        <EmptyState icon="list" title={words.audit.empty} text={words.audit.emptyText} />
      )}
      {!asked.success && (
        <EmptyState
          icon="filter"
          title={words.audit.bad}
          text={words.audit.badText}
          action={<LinkButton href={path}>{words.audit.filter.clear}</LinkButton>}
        />
      )}
      <nav className="flex flex-wrap items-center gap-3 px-4 py-4 text-13 text-muted" aria-label={words.audit.title}>
        {asked.success && page.looked_through !== null && <p>{words.audit.lookedThrough(page.looked_through)}</p>}
        {given['cursor'] !== undefined && (
          <LinkButton href={`${path}?${new URLSearchParams(filters).toString()}`}>{words.audit.newest}</LinkButton>
        )}
        {asked.success && page.next_cursor !== null && (
          <LinkButton href={`${path}?${older}`}>{words.audit.older}</LinkButton>
        )}
      </nav>
    </>
  )
}

function filled(given: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' && value !== '' ? [[key, value]] : [])),
  )
}

/** A day typed into the form means its first moment in UTC; `to` includes the day it names. */
function withZone(given: Record<string, string>): Record<string, string> {
  const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')
  const { from, to } = given
  const dayAfter = isDay(to) ? new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) : null
  return {
    ...given,
    ...(isDay(from) ? { from: `${from}T00:00:00Z` } : {}),
    ...(dayAfter && !Number.isNaN(dayAfter.getTime()) ? { to: dayAfter.toISOString() } : {}),
  }
}
