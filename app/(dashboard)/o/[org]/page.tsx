import { PageHeader } from '#components/layout/page-header'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { getOverview, sampleOverview } from '#lib/features/overview/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../components/words/words.ts'
import { FirstSteps } from './_components/first-steps.tsx'
import { LatelyCharts } from './_components/lately-charts.tsx'
import { TodayFigures } from './_components/today-figures.tsx'

export const metadata = { title: words.overview.title }

interface HomePageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<{ sample?: string | string[] }>
}

/** Today in five figures, what is wrong, and the week behind it. Before the first call: what to do, or sample data. */
export default async function HomePage({ params, searchParams }: HomePageProps) {
  const { org } = await params
  const path = `/o/${org}`
  const countedAt = Date.now()
  const own = await ask(getOverview, {}, { org })
  const { overview } = words
  const isSample = !own.start.has_call && (await searchParams).sample === '1'
  // A first call by hand is a beginning, not yet the whole of it.
  const { has_call: hasCall, has_provider: hasProvider, has_colleague: hasColleague } = own.start
  const isNew = !hasCall || (!hasProvider && hasColleague === false)
  const shown = isSample ? sampleOverview(own) : own
  return (
    <>
      <PageHeader title={overview.title} />
      <div className="flex flex-col gap-10 px-4 pt-2 pb-12">
        {isSample && (
          <Notice action={<LinkButton href={path}>{overview.start.sampleOff}</LinkButton>}>
            {overview.start.sampleOn}
          </Notice>
        )}
        {isNew && <FirstSteps path={path} start={own.start} isSample={isSample} />}
        {(own.start.has_call || isSample) && (
          <>
            <TodayFigures shown={shown} />
            {!isSample && (
              <Notice
                tone={own.wrong ? 'warn' : 'good'}
                action={own.wrong && <WhatToLookAt kind={own.wrong.kind} path={path} since={dayBefore(countedAt)} />}
              >
                {own.wrong ? overview.wrong[own.wrong.kind](own.wrong.figure, own.wrong.name) : overview.well}
              </Notice>
            )}
            <LatelyCharts shown={shown} />
          </>
        )}
      </div>
    </>
  )
}

/** The calls a figure was counted from: those of the 24 hours before it was. */
const suspects = (since: string) => ({
  calls_failing: `/calls?status=failed&from=${since}`,
  calls_unanswered: `/calls?status=no_answer,busy,rejected&direction=inbound&from=${since}`,
  key_expiring: '/developers',
})

/** Nothing for a silent provider: who may see this may not see providers. */
function WhatToLookAt({ kind, path, since }: { kind: keyof typeof words.overview.wrong; path: string; since: string }) {
  if (kind === 'provider_silent') return null
  return <LinkButton href={path + suspects(since)[kind]}>{words.overview.look}</LinkButton>
}

function dayBefore(time: number): string {
  return new Date(time - 86_400_000).toISOString()
}
