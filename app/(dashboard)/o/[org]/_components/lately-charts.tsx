import { BarChart } from '#components/records/charts/bar-chart'
import { ChartFrame } from '#components/records/charts/chart-frame'
import { HourMap } from '#components/records/charts/hour-map'
import { CallStatus, EndedReason } from '#lib/features/calls/shapes'
import type { Overview } from '#lib/features/overview/shapes'

import * as words from '../../../../../components/words/words.ts'

const languages = new Intl.DisplayNames(words.locale, { type: 'language' })
const numbers = new Intl.NumberFormat(words.locale)

/** The days behind today: when, how, why, in which language, how quickly. */
export function LatelyCharts({ shown }: { shown: Overview }) {
  const { charts, columns, weekdays, parts } = words.overview
  return (
    <section aria-labelledby="lately" className="flex flex-col gap-6">
      <h2 id="lately" className="text-14 font-semibold">
        {words.overview.lately(shown.days)}
      </h2>
      <ChartFrame
        title={charts.hours}
        head={[columns.day, columns.hour, columns.calls]}
        rows={shown.hours.map((one) => [weekdays[one.weekday - 1] ?? '', `${one.hour}:00`, one.calls])}
      >
        <HourMap counts={shown.hours} title={charts.hours} />
      </ChartFrame>
      <div className="grid gap-x-12 gap-y-10 md:grid-cols-2">
        <Counts title={charts.statuses} counts={shown.statuses} nameOf={statusOf} />
        <Counts title={charts.reasons} counts={shown.ended_reasons} nameOf={reasonOf} />
        <Counts title={charts.outcomes} counts={shown.outcomes} nameOf={(outcome) => outcome} />
        <Counts title={charts.languages} counts={shown.languages} nameOf={(tag) => languages.of(tag) ?? tag} />
        <ChartFrame
          title={charts.latency}
          head={[columns.part, columns.half, columns.nine, columns.all]}
          rows={shown.latency.map((one) => [
            parts[one.part] ?? one.part,
            ...[one.p50, one.p90, one.p99].map(Math.round),
          ])}
        >
          <BarChart
            title={charts.latency}
            bars={shown.latency.map((one) => ({
              label: parts[one.part] ?? one.part,
              value: one.p90,
              text: [one.p50, one.p90, one.p99].map((ms) => numbers.format(Math.round(ms))).join(' · '),
            }))}
          />
        </ChartFrame>
      </div>
    </section>
  )
}

interface CountsProps {
  title: string
  counts: Overview['statuses']
  nameOf: (key: string) => string
}

function Counts({ title, counts, nameOf }: CountsProps) {
  const { columns } = words.overview
  const all = counts.reduce((sum, one) => sum + one.calls, 0)
  const share = (calls: number): string => `${Math.round((calls / Math.max(1, all)) * 100)} %`
  return (
    <ChartFrame
      title={title}
      head={[title, columns.calls, columns.share]}
      rows={counts.map((one) => [nameOf(one.key), one.calls, share(one.calls)])}
    >
      <BarChart
        title={title}
        bars={counts.map((one) => ({
          label: nameOf(one.key),
          value: one.calls,
          text: `${numbers.format(one.calls)} · ${share(one.calls)}`,
        }))}
      />
    </ChartFrame>
  )
}

function statusOf(key: string): string {
  const known = CallStatus.safeParse(key)
  return known.success ? words.calls.statuses[known.data] : key
}

function reasonOf(key: string): string {
  const known = EndedReason.safeParse(key)
  return known.success ? words.calls.endings[known.data] : key
}
