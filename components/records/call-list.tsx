'use client'

import type { ListedPage } from '#lib/features/calls/shapes'
import { signInPath } from '#lib/kernel/return-path'

import { EmptyState } from '../layout/empty-state.tsx'
import { NotAllowedState } from '../layout/not-allowed-state.tsx'
import { SignedOutState } from '../layout/signed-out-state.tsx'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice } from '../ui/notice.tsx'
import * as words from '../words/words.ts'
import { CallTable } from './call-table.tsx'
import { LiveMark } from './live-mark.tsx'
import { Pager } from './pager.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useCallPage } from './use-call-page.ts'

export interface CallListProps {
  /** Read by the server with the page, `loadedAt` its moment in milliseconds. */
  initialPage: ListedPage
  loadedAt: number
  /** What the address asks for; without `limit`, which is a matter of the door. */
  query: Readonly<Record<string, string>>
  /** The JSON door, query included. */
  endpoint: string
  /** The event stream, or null where nothing is live. */
  streamUrl: string | null
  /** The list's own address; a call's page is this, a slash and its id. */
  hrefBase: string
}

/** The live list of calls. Without JavaScript it is the page the server drew. */
export function CallList(props: CallListProps) {
  // Another filter is another list: nothing of the one before counts as known.
  return <LiveCallList key={props.endpoint} {...props} />
}

function LiveCallList({ initialPage, loadedAt, query, endpoint, streamUrl, hrefBase }: CallListProps) {
  const live = useCallPage(initialPage, loadedAt, endpoint, streamUrl)
  const calls = live.page.data
  const fresh = useArrivals(calls)
  const isNewest = query['cursor'] === undefined

  if (live.phase.kind === 'ended') {
    return live.phase.reason === 'signed_out' ? (
      <SignedOutState signInHref={signInPath(addressOf(hrefBase, query, query['cursor']))} />
    ) : (
      <NotAllowedState backHref="/o" />
    )
  }
  return (
    <div>
      <div className="flex min-h-9 items-center justify-between gap-4 px-4 text-12 text-muted">
        <span>
          {isNewest
            ? live.page.next_cursor === null
              ? words.calls.shown(calls.length)
              : words.calls.newest(calls.length)
            : words.calls.older(calls.length)}
        </span>
        <LiveMark phase={live.phase.kind} knownAt={live.knownAt} />
      </div>
      <p role="status" className="sr-only">
        {isNewest && fresh.size > 0 ? words.calls.newCalls(fresh.size) : ''}
      </p>
      {live.error && live.error.status !== 0 && (
        <div className="px-4 pb-3">
          <Notice
            tone="warn"
            title={words.states.partial.title}
            action={<Button onClick={live.retry}>{words.states.tryAgain}</Button>}
          >
            {live.error.requestId !== undefined && (
              <>
                {words.states.requestId} <code className="font-mono text-12">{live.error.requestId}</code>
              </>
            )}
          </Notice>
        </div>
      )}
      {calls.length === 0 ? (
        <NoCalls isFiltered={hasFilter(query)} hrefBase={hrefBase} />
      ) : (
        <CallTable calls={calls} hrefBase={hrefBase} {...(isNewest ? { fresh } : {})} />
      )}
      <Pager
        newerHref={isNewest ? null : addressOf(hrefBase, query)}
        olderHref={live.page.next_cursor === null ? null : addressOf(hrefBase, query, live.page.next_cursor)}
      />
    </div>
  )
}

function NoCalls({ isFiltered, hrefBase }: { isFiltered: boolean; hrefBase: string }) {
  const { empty } = words.calls
  if (!isFiltered) return <EmptyState icon="phone" title={empty.title} text={empty.text} />
  return (
    <EmptyState
      icon="filter"
      title={empty.none}
      text={empty.noneText}
      action={<LinkButton href={hrefBase}>{empty.clear}</LinkButton>}
    />
  )
}

function hasFilter(query: CallListProps['query']): boolean {
  return Object.keys(query).some((name) => name !== 'cursor')
}

/** The list's address for a query. Without a cursor it is the newest page: keyset pages do not know the one before. */
function addressOf(path: string, query: CallListProps['query'], cursor?: string): string {
  const { cursor: _, ...filter } = query
  const text = new URLSearchParams(cursor === undefined ? filter : { ...filter, cursor }).toString()
  return text === '' ? path : `${path}?${text}`
}
