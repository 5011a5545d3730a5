'use client'

import { useMemo } from 'react'

import type { ListedCall } from '#lib/features/calls/shapes'

import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Glyph } from '../ui/glyph.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { Cell, HeadCell, roles, Table, TableBody, TableHead } from '../ui/table.tsx'
import * as words from '../words/words.ts'
import { CallStatusDot, statusWord } from './call-status.tsx'
import { Duration } from './duration.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { Money } from './money.tsx'
import { Time } from './time.tsx'
import { useRowKeys } from './use-row-keys.ts'

interface CallTableProps {
  calls: readonly ListedCall[]
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
  call: ListedCall
  href: string
  isFresh: boolean
  tabIndex: 0 | -1 | undefined
}

function CallRow({ call, href, isFresh, tabIndex }: CallRowProps) {
  return (
    <tr {...roles.row} className={classNames('call', isFresh && 'row-fresh')}>
      <Cell className="call-who">
        <span>
          <DirectionMark direction={call.direction} />
          <span className="call-number">
            <MaskedNumber caller={call.caller} {...(tabIndex === undefined ? {} : { tabIndex })} />
          </span>
          {call.environment === 'test' && <Badge tone="info">{words.calls.test}</Badge>}
        </span>
      </Cell>
      <Cell className="call-status">
        <CallStatusDot status={call.status} raw={call.status_raw} />
      </Cell>
      <Cell className="call-agent">{call.agent ?? <None />}</Cell>
      <Cell className="call-outcome">{call.outcome ?? <None />}</Cell>
      <Cell isNumber className={classNames('call-talk', !call.talk_ms && '@max-2xl:hidden')}>
        {call.talk_ms ? <Duration ms={call.talk_ms} /> : <None />}
      </Cell>
      <Cell isNumber className="call-cost">
        {call.cost ? <Money amountMinor={call.cost.amount_minor} currency={call.cost.currency} /> : <None />}
      </Cell>
      <Cell isNumber className="call-when">
        <NavLink href={href} data-row={call.id} tabIndex={tabIndex}>
          <span className="sr-only">
            {`${words.calls.open(call.caller.masked, statusWord(call.status, call.status_raw))}, `}
          </span>
          <Time at={call.started_at} />
        </NavLink>
      </Cell>
    </tr>
  )
}

function DirectionMark({ direction }: { direction: ListedCall['direction'] }) {
  return (
    <span title={words.calls.directions[direction]} className="text-muted">
      <Glyph name={direction === 'inbound' ? 'incoming' : 'outgoing'} />
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
