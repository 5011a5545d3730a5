import { Badge } from '#components/ui/badge'
import { LinkButton } from '#components/ui/link-button'
import { NavLink } from '#components/ui/nav-link'
import type { Overview } from '#lib/features/overview/shapes'

import * as words from '../../../../../components/words/words.ts'

interface FirstStepsProps {
  path: string
  start: Overview['start']
  isSample: boolean
}

/** What an owner does first, in any order; what is done says so. */
export function FirstSteps({ path, start, isSample }: FirstStepsProps) {
  const { start: say } = words.overview
  const steps = [
    { href: `${path}/providers`, name: say.provider, isDone: start.has_provider },
    { href: `${path}/developers`, name: say.call, help: say.callHelp, isDone: start.has_call },
    {
      href: `${path}/settings`,
      name: say.masking,
      help: start.masking ? say.maskingOn : say.maskingOff,
      isDone: start.masking,
    },
    ...(start.has_colleague === null ? [] : [{ href: `${path}/team`, name: say.invite, isDone: start.has_colleague }]),
  ]
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <section aria-labelledby="start" className="flex max-w-2xl flex-col gap-3">
      <h2 id="start" className="text-16 font-semibold">
        {say.title}
      </h2>
      <p className="text-13 text-muted">{say.lead}</p>
      <ol className="divide-y divide-line border-y border-line">
        {steps.map((step) => (
          <li key={step.href}>
            <NavLink
              href={step.href}
              className="flex min-h-11 items-center justify-between gap-4 py-2 no-underline hover:bg-wash"
            >
              <span className="min-w-0">
                <span className="block font-medium text-ink">{step.name}</span>
                {step.help !== undefined && <span className="block text-12 text-muted">{step.help}</span>}
              </span>
              {step.isDone && <Badge tone="good">{say.done}</Badge>}
              {step === next && <Badge tone="accent">{say.next}</Badge>}
            </NavLink>
          </li>
        ))}
      </ol>
      {!isSample && !start.has_call && (
        <div>
          <LinkButton href={`${path}?sample=1`}>{say.sample}</LinkButton>
        </div>
      )}
    </section>
  )
}
