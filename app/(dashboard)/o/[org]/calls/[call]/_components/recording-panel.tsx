'use client'

import { type ReactNode, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Player } from '#components/records/player'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { ShownRecording } from '#lib/features/recordings/shapes'

import * as words from '../../../../../../../components/words/words.ts'
import { deleteRecordingAction } from '../actions.ts'

interface RecordingPanelProps {
  org: string
  recording: ShownRecording
  timeline: ReactNode
  mayDelete: boolean
  mayHoldNumbers: boolean
}

/** The player of a call, and the end of its recording for who may make one. */
export function RecordingPanel({ org, recording, timeline, mayDelete, mayHoldNumbers }: RecordingPanelProps) {
  const { player } = words.callPage
  const say = useToast()
  const [isAsking, setAsking] = useState(false)
  const [isGone, setGone] = useState(false)
  const { run, isBusy, failure } = useAct(
    () => deleteRecordingAction({ id: recording.call_id }, org),
    words.acts.lost,
    { isLocal: true },
  )
  if (isGone) return <p className="order-1 border-b border-line py-3 text-13 text-muted">{player.deleted}</p>
  const doDelete = async () => {
    if (!(await run(undefined))) return
    say({ text: player.deleted })
    setGone(true)
  }
  return (
    <Player
      src={`/api/app/o/${org}/calls/${recording.call_id}/recording`}
      bytes={recording.bytes}
      durationMs={recording.duration_ms}
      timeline={timeline}
      mayHoldNumbers={mayHoldNumbers}
    >
      {mayDelete && (
        <span className="ms-auto">
          <Button look="quiet" onClick={() => setAsking(true)}>
            {player.delete}
          </Button>
          <Dialog
            isOpen={isAsking}
            onClose={() => setAsking(false)}
            title={player.deleteTitle}
            footer={
              <>
                <Button onClick={() => setAsking(false)}>{words.acts.cancel}</Button>
                <Button look="danger" busy={isBusy} onClick={() => void doDelete()}>
                  {player.delete}
                </Button>
              </>
            }
          >
            <p className="text-14 text-ink">{player.deleteText}</p>
            <FailureNotice failure={failure} />
          </Dialog>
        </span>
      )}
    </Player>
  )
}
