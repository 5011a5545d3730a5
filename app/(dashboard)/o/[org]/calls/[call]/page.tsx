import { CallPageView } from '#components/records/call-page-view'
import { LiveCall } from '#components/records/live-call'
import { TranscriptView } from '#components/records/transcript-view'
import { getCall, readTranscript } from '#lib/features/calls/index'
import { ask } from '#lib/transport/ask'

import { words } from '../../../../../../components/words/words.ts'

export const metadata = { title: words.calls.transcript.title }

/** One call. Opening it reads its transcript, and that read is written down. */
export default async function CallPage({ params }: { params: Promise<{ org: string; call: string }> }) {
  const { org, call: id } = await params
  const call = await ask(getCall, { id }, { org })
  const transcript = call.turn_count > 0 ? await ask(readTranscript, { id }, { org }) : null
  const isRunning = ['queued', 'ringing', 'in_progress'].includes(call.status)
  return (
    <>
      {isRunning && <LiveCall callId={id} streamUrl={`/api/app/o/${org}/stream`} />}
      <CallPageView
        call={call}
        backHref={`/o/${org}/calls`}
        transcript={<TranscriptView turns={transcript?.turns ?? []} />}
      />
    </>
  )
}
