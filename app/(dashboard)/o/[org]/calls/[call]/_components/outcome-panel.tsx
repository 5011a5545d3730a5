'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { RedactedText } from '#components/records/redaction-mark'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { PressChip } from '#components/ui/press-chip'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../../components/words/words.ts'
import { setOutcomeAction } from '../actions.ts'

interface Judged {
  outcome: string | null
  success: boolean | null
}

interface OutcomePanelProps {
  org: string
  call: string
  outcome: string | null
  success: boolean | null
  isJudged: boolean
}

/** What came of a call, said by a tap: a usual outcome, one in words, and whether the goal was reached. */
export function OutcomePanel({ org, call, outcome, success, isJudged }: OutcomePanelProps) {
  const { work } = words.callPage
  const say = useToast()
  const [now, setNow] = useState<Judged & { isJudged: boolean }>({ outcome, success, isJudged })
  const [isTyping, setTyping] = useState(false)
  const { run, isBusy, failure } = useAct(
    (input: Partial<Judged>) => setOutcomeAction({ id: call, ...input }, org),
    words.acts.lost,
    { isLocal: true },
  )
  const set = async (input: Partial<Judged>, text: string, before: Partial<Judged> | null) => {
    const value = await run(input)
    if (!value) return
    setNow({ ...value, isJudged: true })
    setTyping(false)
    say({ text, ...(before ? { undo: () => void set(before, text, null) } : {}) })
  }
  const setOutcome = (next: string) => {
    const to = next === now.outcome || next === '' ? null : next
    return set({ outcome: to }, to === null ? work.outcomeCleared : work.outcomeSet(to), { outcome: now.outcome })
  }
  const setSuccess = (next: boolean) => {
    const to = next === now.success ? null : next
    const text = to === null ? work.goalOpen : to ? work.goalReached : work.goalMissed
    return set({ success: to }, text, { success: now.success })
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('outcome')
    if (typeof typed === 'string' && typed.trim() !== now.outcome) await setOutcome(typed.trim())
  }
  const usual: readonly string[] = work.suggestions
  const shown = now.outcome !== null && !usual.includes(now.outcome) ? [now.outcome, ...usual] : usual
  return (
    <div className="flex flex-col gap-3">
      <div role="group" aria-label={work.outcome} aria-busy={isBusy} className="flex flex-wrap gap-2">
        {shown.map((one) => (
          <PressChip key={one} isOn={one === now.outcome} onClick={() => void setOutcome(one)}>
            <RedactedText text={one} />
          </PressChip>
        ))}
        <PressChip isOn={isTyping} onClick={() => setTyping(!isTyping)}>
          {work.other}
        </PressChip>
      </div>
      {isTyping && (
        <form onSubmit={(event) => void submit(event)} className="flex gap-2">
          <Input name="outcome" aria-label={work.otherLabel} maxLength={200} autoComplete="off" />
          <Button type="submit" busy={isBusy}>
            {work.set}
          </Button>
        </form>
      )}
      <div role="group" aria-label={work.success} className="flex flex-wrap items-center gap-2 text-13">
        <span aria-hidden="true" className="text-muted">
          {work.success}
        </span>
        <PressChip isOn={now.success === true} onClick={() => void setSuccess(true)}>
          {work.yes}
        </PressChip>
        <PressChip isOn={now.success === false} onClick={() => void setSuccess(false)}>
          {work.no}
        </PressChip>
      </div>
      {now.isJudged && <p className="text-12 text-muted">{work.byPerson}</p>}
      <FailureNotice failure={failure} />
    </div>
  )
}
