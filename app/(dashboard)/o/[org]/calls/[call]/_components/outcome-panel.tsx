'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { RedactedText } from '#components/records/redaction-mark'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { PressChip } from '#components/ui/press-chip'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { CallDetail } from '#lib/features/calls/shapes'

import { useSaid } from '../../../../../../../components/records/use-said.ts'
import * as words from '../../../../../../../components/words/words.ts'
import { setOutcomeAction } from '../actions.ts'

interface Judged {
  outcome: string | null
  success: boolean | null
}

interface OutcomePanelProps {
  org: string
  call: string
  said: Judged & Pick<CallDetail, 'judged'>
}

/** What came of a call, said by a tap: a usual outcome, one in words, and whether the goal was reached. */
export function OutcomePanel({ org, call, said }: OutcomePanelProps) {
  const { work } = words.callPage
  const say = useToast()
  const [now, setNow] = useSaid(said)
  const [isTyping, setTyping] = useState(false)
  const { run, isBusy, failure } = useAct(
    (input: Partial<Judged>) => setOutcomeAction({ id: call, ...input }, org),
    words.acts.lost,
    { isLocal: true },
  )
  const set = async (field: keyof Judged, input: Partial<Judged>, text: string) => {
    const before = { [field]: now[field], judges: now.judged.includes(field) }
    const value = await run(input)
    if (!value) return
    setNow(({ judged }) => ({ ...value, judged: [...judged.filter((one) => one !== field), field] }))
    setTyping(false)
    say({ text, undo: () => void undo(field, before) })
  }
  // By then this page may be gone, and with it the place for a failure.
  const undo = async (field: keyof Judged, before: Partial<Judged> & { judges: boolean }) => {
    const answer = await setOutcomeAction({ id: call, ...before }, org).catch(() => null)
    if (!answer?.ok) return say({ tone: 'bad', text: words.acts.notUndone(answer?.message ?? words.acts.lost) })
    setNow(({ judged }) => ({
      ...answer.value,
      judged: before.judges ? judged : judged.filter((one) => one !== field),
    }))
    say({ text: words.acts.undone })
  }
  const setOutcome = (next: string) => {
    const to = next === now.outcome || next === '' ? null : next
    return set('outcome', { outcome: to }, to === null ? work.outcomeCleared : work.outcomeSet(to))
  }
  const setSuccess = (next: boolean) => {
    const to = next === now.success ? null : next
    const text = to === null ? work.goalOpen : to ? work.goalReached : work.goalMissed
    return set('success', { success: to }, text)
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
      {now.judged.length > 0 && <p className="text-12 text-muted">{work.byPerson}</p>}
      <FailureNotice failure={failure} />
    </div>
  )
}
