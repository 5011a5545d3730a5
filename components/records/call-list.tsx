'use client'

import { type ReactNode, useMemo } from 'react'

import type { Work } from '#lib/features/call-work/shapes'
import type { ListedPage } from '#lib/features/calls/shapes'
import { type CallColumn, callColumns } from '#lib/kernel/call-columns'
import { addressOf, filterOf } from '#lib/kernel/list-address'
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
import { useSelection } from './use-selection.ts'

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
  columns?: readonly CallColumn[]
  /** What tags and members are called; without it a row shows neither. */
  marks?: Pick<Work, 'tags' | 'members' | 'me'>
  /** What can be done with chosen rows; without it none can be chosen. */
  renderSelection?: (chosen: { ids: readonly string[]; clear: () => void; refresh: () => void }) => ReactNode
}

/** The live list of calls. Without JavaScript it is the page the server drew. */
export function CallList(props: CallListProps) {
  // Another filter is another list: nothing of the one before counts as known.
  return <LiveCallList key={props.endpoint} {...props} />
}

function LiveCallList({
  initialPage,
  loadedAt,
  query,
  endpoint,
  streamUrl,
  hrefBase,
  columns = callColumns,
  marks,
  renderSelection,
}: CallListProps) {
  const live = useCallPage(initialPage, loadedAt, endpoint, streamUrl)
  const calls = live.page.data
  const fresh = useArrivals(calls)
  const isNewest = query['cursor'] === undefined
  const rows = useMemo(() => calls.map((call) => call.id), [calls])
  const selection = useSelection(rows, renderSelection !== undefined)
  const filter = filterOf(query)

  if (live.phase.kind === 'ended') {
    return live.phase.reason === 'signed_out' ? (
      <SignedOutState signInHref={signInPath(addressOf(hrefBase, query))} />
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
        <NoCalls isFiltered={Object.keys(filter).length > 0} hrefBase={hrefBase} />
      ) : (
        <CallTable
          calls={calls}
          hrefBase={hrefBase}
          columns={columns}
          {...(marks ? { marks } : {})}
          {...(renderSelection ? { selection } : {})}
          {...(isNewest ? { fresh } : {})}
        />
      )}
      <Pager
        newerHref={isNewest ? null : addressOf(hrefBase, filter)}
        olderHref={
          live.page.next_cursor === null ? null : addressOf(hrefBase, { ...filter, cursor: live.page.next_cursor })
        }
      />
      {selection.ids.length > 0 &&
        renderSelection?.({ ids: selection.ids, clear: selection.clear, refresh: live.retry })}
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
