'use client'

import { useRouter } from 'next/navigation.js'
import { type ReactNode, useRef } from 'react'

import type { Work } from '#lib/features/call-work/shapes'
import type { FollowUp } from '#lib/features/calls/shapes'

import { useSaid } from '../../../../../../components/records/use-said.ts'
import * as words from '../../../../../../components/words/words.ts'
import { FollowUpCard } from './follow-up-card.tsx'

interface FollowUpQueueProps {
  org: string
  items: readonly FollowUp[]
  work: Work
  callsPath: string
  /** What stands here when nothing waits. */
  empty: ReactNode
}

/** The cards of one page. What is done leaves at once, the server says what comes after it, and focus goes where the work goes on. */
export function FollowUpQueue({ org, items, work, callsPath, empty }: FollowUpQueueProps) {
  const router = useRouter()
  const whole = useRef<HTMLElement>(null)
  const [waiting, setWaiting] = useSaid(items)
  const finish = (id: string) => {
    moveFocus(whole.current, id)
    setWaiting((before) => before.filter(({ call }) => call.id !== id))
    router.refresh()
  }
  return (
    <section ref={whole} tabIndex={-1} aria-label={words.work.followUps.title} className="outline-none">
      {waiting.length === 0 ? (
        empty
      ) : (
        <ul className="flex max-w-2xl flex-col px-4 pb-6">
          {waiting.map((item) => (
            <FollowUpCard
              key={item.call.id}
              org={org}
              item={item}
              work={work}
              callHref={`${callsPath}/${item.call.id}`}
              onFinished={() => finish(item.call.id)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

/** To the card after the one that leaves, to the one before the last, to the whole where there is none. Who is elsewhere stays there. */
function moveFocus(whole: HTMLElement | null, leaving: string): void {
  const cards = [...(whole?.querySelectorAll<HTMLElement>('[data-call]') ?? [])]
  const at = cards.findIndex((card) => card.dataset['call'] === leaving)
  const isHere = document.activeElement === document.body || cards[at]?.contains(document.activeElement)
  if (isHere) (cards[at + 1] ?? cards[at - 1] ?? whole)?.focus()
}
