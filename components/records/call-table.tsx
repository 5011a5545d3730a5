'use client'

import { useMemo } from 'react'

import type { ShownCall } from '#lib/features/calls/shapes'

import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { Cell, HeadCell, roles, Table, TableBody, TableHead } from '../ui/table.tsx'
import { words } from '../words/words.ts'
import { CallStatusDot, statusWord } from './call-status.tsx'
import { Duration } from './duration.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { Money } from './money.tsx'
import { Time } from './time.tsx'
import { useRowKeys } from './use-row-keys.ts'

interface CallTableProps {
  calls: readonly ShownCall[]
  /** A call's page is this, a slash and its id. */
  hrefBase: string
  /** Rows that have just arrived. */
  fresh?: ReadonlySet<string>
}

/** A row is a link to its call. On a phone a row is two lines. */
export function CallTable({ calls, hrefBase, fresh }: CallTableProps) {
  const ids = useMemo(() => calls.map((call) => call.id), [calls])
  const { table, tabIndexOf, onFocus } = useRowKeys(ids)
  const { columns } = words.calls
  return (
    <div onFocus={onFocus}>
      <Table caption={words.calls.caption} ref={table}>
        <TableHead>
          <HeadCell>{columns.caller}</HeadCell>
          <HeadCell>{columns.status}</HeadCell>
          <HeadCell>{columns.agent}</HeadCell>
          <HeadCell className="@max-4xl:hidden">{columns.outcome}</HeadCell>
          <HeadCell isNumber>{columns.talk}</HeadCell>
          <HeadCell isNumber className="@max-4xl:hidden">
            {columns.cost}
          </HeadCell>
          <HeadCell isNumber>{columns.started}</HeadCell>
        </TableHead>
        <TableBody>
          {calls.map((call) => (
            <CallRow
              key={call.id}
              call={call}
              href={`${hrefBase}/${call.id}`}
              isFresh={fresh?.has(call.id) ?? false}
              tabIndex={tabIndexOf(call.id)}
            />
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

interface CallRowProps {
  call: ShownCall
  href: string
  isFresh: boolean
  tabIndex: 0 | -1 | undefined
}

function CallRow({ call, href, isFresh, tabIndex }: CallRowProps) {
  return (
    <tr
      {...roles.row}
      className={classNames(
        'relative -outline-offset-2 outline-accent hover:bg-wash has-[a[data-row]:focus-visible]:bg-wash has-[a[data-row]:focus-visible]:outline-2',
        '@max-2xl:grid @max-2xl:grid-cols-[auto_minmax(0,1fr)_auto] @max-2xl:gap-y-1 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-1 @max-2xl:py-3',
        isFresh && 'row-fresh',
      )}
    >
      <Cell className="@max-2xl:col-span-2">
        <span className="flex items-center gap-2.5">
          <DirectionMark direction={call.direction} />
          <span className="relative z-10 @max-2xl:font-medium">
            <MaskedNumber caller={call.caller} {...(tabIndex === undefined ? {} : { tabIndex })} />
          </span>
          {call.environment === 'test' && <Badge tone="info">{words.calls.test}</Badge>}
        </span>
      </Cell>
      <Cell className="@max-2xl:col-start-1 @max-2xl:row-start-2 @max-2xl:ps-9.5 @max-2xl:pe-0">
        <CallStatusDot status={call.status} raw={call.status_raw} />
      </Cell>
      <Cell className="max-w-0 truncate @max-2xl:col-start-2 @max-2xl:row-start-2 @max-2xl:max-w-none @max-2xl:text-muted @2xl:w-[22%]">
        {call.agent ?? <None />}
      </Cell>
      <Cell className="max-w-0 truncate @max-4xl:hidden @4xl:w-[22%]">{call.outcome ?? <None />}</Cell>
      <Cell
        isNumber
        className={classNames(
          'whitespace-nowrap @max-2xl:col-start-3 @max-2xl:row-start-2 @max-2xl:text-end @max-2xl:text-muted',
          !call.talk_ms && '@max-2xl:hidden',
        )}
      >
        {call.talk_ms ? <Duration ms={call.talk_ms} /> : <None />}
      </Cell>
      <Cell isNumber className="@max-4xl:hidden">
        {call.cost ? <Money amountMinor={call.cost.amount_minor} currency={call.cost.currency} /> : <None />}
      </Cell>
      <Cell isNumber className="whitespace-nowrap text-muted @max-2xl:col-start-3 @max-2xl:row-start-1">
        <NavLink href={href} data-row={call.id} tabIndex={tabIndex} className="text-muted no-underline outline-none">
          {/* The link covers its row; the time lies above, so that it still explains itself on hover. */}
          <span aria-hidden="true" className="absolute inset-0" />
          <span className="sr-only">
            {words.calls.open(call.caller.masked, statusWord(call.status, call.status_raw))},{' '}
          </span>
          <Time at={call.started_at} className="relative z-10" />
        </NavLink>
      </Cell>
    </tr>
  )
}

function DirectionMark({ direction }: { direction: ShownCall['direction'] }) {
  return (
    <span title={words.calls.directions[direction]} className="text-muted">
      <Icon name={direction === 'inbound' ? 'incoming' : 'outgoing'} />
      <span className="sr-only">{words.calls.directions[direction]}</span>
    </span>
  )
}

/** Nothing here: a dash for the eye, a word for the ear. */
function None() {
  return (
    <>
      <span aria-hidden="true" className="text-muted">
        –
      </span>
      <span className="sr-only">{words.calls.noValue}</span>
    </>
  )
}
