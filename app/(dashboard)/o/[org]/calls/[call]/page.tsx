import { CallNeighbours } from '#components/records/call-neighbours'
import { CallOpenings } from '#components/records/call-openings'
import { CallPageView } from '#components/records/call-page-view'
import { LiveCall } from '#components/records/live-call'
import { NoRecording } from '#components/records/no-recording'
import { TranscriptView } from '#components/records/transcript-view'
import { TurnTimeline } from '#components/records/turn-timeline'
import { showWork } from '#lib/features/call-work/index'
import { getCall, listNeighbours, listOpenings, readTranscript } from '#lib/features/calls/index'
import { listNotes } from '#lib/features/notes/index'
import { findRecording } from '#lib/features/recordings/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../../components/words/words.ts'
import { WorkPanel } from '../_components/work-panel.tsx'
import { NotesPanel } from './_components/notes-panel.tsx'
import { OutcomePanel } from './_components/outcome-panel.tsx'
import { RecordingPanel } from './_components/recording-panel.tsx'
import { RevealNumber } from './_components/reveal-number.tsx'

export const metadata = { title: words.callPage.title }

/** Nobody tells how long the last turn was. */
const lastTurnMs = 2_000
/** Providers say what came of a call some minutes after it is over. */
const settlingMs = 10 * 60_000

/** One call. Opening it reads its transcript, and that read is written down; playing it is another. */
export default async function CallPage({ params }: { params: Promise<{ org: string; call: string }> }) {
  const { org, call: id } = await params
  const drawnAt = Date.now()
  // Who opened it is asked before this opening becomes an entry.
  const [call, openings] = await Promise.all([ask(getCall, { id }, { org }), ask(listOpenings, { id }, { org })])
  const [transcript, found, notes, next, work] = await Promise.all([
    call.turn_count > 0 ? ask(readTranscript, { id }, { org }) : null,
    ask(findRecording, { id }, { org }),
    ask(listNotes, { id }, { org }),
    ask(listNeighbours, { id }, { org }),
    ask(showWork, {}, { org }),
  ])
  const { recording } = found
  const turns = transcript?.turns ?? []
  const wholeMs = recording?.duration_ms ?? Math.max(call.talk_ms ?? 0, (turns.at(-1)?.at_ms ?? 0) + lastTurnMs)
  const timeline = <TurnTimeline turns={turns} wholeMs={wholeMs} />
  const isRunning = ['queued', 'ringing', 'in_progress'].includes(call.status)
  const isSettling = call.ended_at !== null && drawnAt - Date.parse(call.ended_at) < settlingMs
  const hrefOf = (one: string | null) => one && `/o/${org}/calls/${one}`
  return (
    <>
      {(isRunning || isSettling) && <LiveCall callId={id} streamUrl={`/api/app/o/${org}/stream`} drawnAt={drawnAt} />}
      <CallPageView
        key={id}
        call={call}
        backHref={`/o/${org}/calls`}
        reveal={call.caller.hidden === 'sealed' ? <RevealNumber org={org} call={id} /> : null}
        neighbours={<CallNeighbours newerHref={hrefOf(next.newer)} olderHref={hrefOf(next.older)} />}
        player={
          recording ? (
            <RecordingPanel
              org={org}
              recording={recording}
              timeline={timeline}
              mayDelete={found.may_delete}
              mayHoldNumbers={call.caller.hidden !== 'sealed'}
            />
          ) : (
            <NoRecording isElsewhere={call.has_recording} timeline={turns.length > 0 ? timeline : null} />
          )
        }
        outcome={
          <OutcomePanel
            org={org}
            call={id}
            said={{ outcome: call.outcome, success: call.success, judged: call.judged }}
          />
        }
        tags={<WorkPanel org={org} call={call} work={work} />}
        notes={<NotesPanel org={org} call={id} notes={notes.data} isMasked={notes.is_masked} />}
        openings={<CallOpenings openings={openings} />}
        transcript={<TranscriptView turns={turns} />}
      />
    </>
  )
}
