import { Fragment, type ReactNode } from 'react'

import { Money } from '#components/records/money'
import type { Overview } from '#lib/features/overview/shapes'

import * as words from '../../../../../components/words/words.ts'

const numbers = new Intl.NumberFormat(words.locale)

/** Five figures of the organisation's own day. */
export function TodayFigures({ shown }: { shown: Overview }) {
  const { figures, noneYet, notJudged, inProgress, today: title } = words.overview
  const { today } = shown
  const list: { name: string; value: ReactNode; more: string | null }[] = [
    {
      name: figures.calls,
      value: numbers.format(today.calls),
      more: today.in_progress > 0 ? inProgress(today.in_progress) : null,
    },
    { name: figures.answered, value: today.ended > 0 ? share(today.answered, today.ended) : noneYet, more: null },
    { name: figures.success, value: today.judged > 0 ? share(today.succeeded, today.judged) : notJudged, more: null },
    { name: figures.minutes, value: numbers.format(Math.round(today.talk_ms / 60_000)), more: null },
    {
      name: figures.spend,
      value: shown.spend_today.length === 0 ? noneYet : <Spend amounts={shown.spend_today} />,
      more: null,
    },
  ]
  return (
    <section aria-labelledby="today">
      <h2 id="today" className="mb-3 text-14 font-semibold">
        {title}
      </h2>
      <dl className="grid grid-cols-2 border-y border-line md:grid-cols-5 md:divide-x md:divide-line">
        {list.map((one) => (
          <div key={one.name} className="flex min-w-0 flex-col gap-1 py-3 md:px-4 md:first:ps-0">
            <dt className="text-12 text-muted">{one.name}</dt>
            <dd className="text-20 font-semibold tabular-nums [overflow-wrap:anywhere]">{one.value}</dd>
            {one.more !== null && <dd className="text-12 text-muted">{one.more}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}

/** One amount a currency: what has no common measure is not added up. */
function Spend({ amounts }: { amounts: Overview['spend_today'] }) {
  return amounts.map((one, at) => (
    <Fragment key={one.currency}>
      {at > 0 && ' + '}
      <Money amountMinor={one.amount_minor} currency={one.currency} />
    </Fragment>
  ))
}

function share(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`
}
