'use client'

import { type ReactNode, useMemo } from 'react'

import type { Work } from '#lib/features/call-work/shapes'
import type { ListedCall } from '#lib/features/calls/shapes'
import { type CallColumn, callColumns } from '#lib/kernel/call-columns'

import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Glyph } from '../ui/glyph.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { Cell, HeadCell, roles, Table, TableBody, TableHead } from '../ui/table.tsx'
import * as words from '../words/words.ts'
import { CallStatusDot, statusWord } from './call-status.tsx'
import { Duration } from './duration.tsx'
import { GroupChip } from './group-chip.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { Money } from './money.tsx'
import { RedactedText } from './redaction-mark.tsx'
import { Time } from './time.tsx'
import { useRowKeys } from './use-row-keys.ts'
import type { Selection } from './use-selection.ts'

type Marks = Pick<Work, 'tags' | 'members' | 'me'>

interface CallTableProps {
  calls: readonly ListedCall[]
  /** A call's page is this, a slash and its id. */
  hrefBase: string
  columns?: readonly CallColumn[]
  marks?: Marks
  /** Rows can be chosen. */
  selection?: Selection
  /** Rows that have just arrived. */
  fresh?: ReadonlySet<string>
}

const noMarks: Marks = { tags: [], members: [], me: '' }
const numbers = new Set<CallColumn>(['talk', 'cost', 'started'])

/** A row is a link to its call. On a phone a row is two lines, three where there is work on it. */
export function CallTable({
  calls,
  hrefBase,
  columns = callColumns,
  marks = noMarks,
  selection,
  fresh,
}: CallTableProps) {
  const ids = useMemo(() => calls.map((call) => call.id), [calls])
  const { table, tabIndexOf, onFocus } = useRowKeys(ids)
  const heads = words.calls.columns
  return (
    <div onFocus={onFocus}>
      <Table caption={words.calls.caption} ref={table}>
        <TableHead>
          <HeadCell>{heads.caller}</HeadCell>
          {columns.map((column) => (
            <HeadCell key={column} isNumber={numbers.has(column)} className={`call-${column}-head`}>
              {heads[column]}
            </HeadCell>
          ))}
          {/* The link to a call stands in the time: without that column it still is there. */}
          {!columns.includes('started') && <HeadCell className="sr-only">{heads.started}</HeadCell>}
        </TableHead>
        <TableBody>
          {calls.map((call) => (
            <CallRow
              key={call.id}
              call={call}
              href={`${hrefBase}/${call.id}`}
              columns={columns}
              marks={marks}
              selection={selection}
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
  columns: readonly CallColumn[]
  marks: Marks
  selection: Selection | undefined
  isFresh: boolean
  tabIndex: 0 | -1 | undefined
}

function CallRow({ call, href, columns, marks, selection, isFresh, tabIndex }: CallRowProps) {
  const isChosen = selection?.has(call.id) ?? false
  return (
    <tr
      {...roles.row}
      aria-selected={selection ? isChosen : undefined}
      className={classNames('call', isFresh && 'row-fresh', isChosen && 'call-chosen')}
    >
      <Cell className="call-who">
        <span>
          {selection && (
            <input
              type="checkbox"
              className="call-choose"
              checked={isChosen}
              tabIndex={tabIndex}
              aria-label={words.work.bulk.choose(call.caller.masked)}
              onChange={() => selection.toggle(call.id)}
            />
          )}
          <DirectionMark direction={call.direction} />
          <span className="call-number">
            <MaskedNumber caller={call.caller} {...(tabIndex === undefined ? {} : { tabIndex })} />
          </span>
          {call.environment === 'test' && <Badge tone="info">{words.calls.test}</Badge>}
        </span>
      </Cell>
      {columns.map((column) => cells[column](call, marks))}
      <Cell isNumber className={columns.includes('started') ? 'call-when' : 'call-when sr-only'}>
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

/** One cell a column; the time is the row's link and stands last. */
const cells: Record<CallColumn, (call: ListedCall, marks: Marks) => ReactNode> = {
  status: (call) => (
    <Cell key="status" className="call-status">
      <CallStatusDot status={call.status} raw={call.status_raw} />
    </Cell>
  ),
  agent: (call) => (
    <Cell key="agent" className="call-agent">
      {call.agent ?? <None />}
    </Cell>
  ),
  outcome: (call) => (
    <Cell key="outcome" className="call-outcome">
      {call.outcome === null ? <None /> : <RedactedText text={call.outcome} />}
    </Cell>
  ),
  tags: (call, { tags }) => {
    const worn = tags.filter(({ id }) => call.tags.includes(id))
    return (
      <Cell key="tags" className={classNames('call-tags', worn.length === 0 && '@max-2xl:hidden')}>
        {worn.length === 0 ? (
          <None />
        ) : (
          <span>
            {worn.map((tag) => (
              <GroupChip key={tag.id} {...tag} />
            ))}
          </span>
        )}
      </Cell>
    )
  },
  follow_up: (call, marks) => (
    <Cell key="follow_up" className={classNames('call-follow', call.follow_up?.state !== 'open' && '@max-2xl:hidden')}>
      {call.follow_up ? followUpWord(call.follow_up, marks) : <None />}
    </Cell>
  ),
  talk: (call) => (
    <Cell key="talk" isNumber className={classNames('call-talk', !call.talk_ms && '@max-2xl:hidden')}>
      {call.talk_ms ? <Duration ms={call.talk_ms} /> : <None />}
    </Cell>
  ),
  cost: (call) => (
    <Cell key="cost" isNumber className="call-cost">
      {call.cost ? <Money amountMinor={call.cost.amount_minor} currency={call.cost.currency} /> : <None />}
    </Cell>
  ),
  started: () => null,
}

/** Open and whose; done needs no name. */
function followUpWord({ state, assigned_to }: NonNullable<ListedCall['follow_up']>, { members, me }: Marks): string {
  const says = words.work.followUps
  if (state === 'done' || assigned_to === null) return says.state[state]
  const name = assigned_to === me ? says.mine : members.find(({ id }) => id === assigned_to)?.name
  return name === undefined ? says.state.open : `${says.state.open} · ${name}`
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
