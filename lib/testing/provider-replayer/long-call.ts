const talk =
  'good morning I want to ask about my order of last week please call me back when it is ready thank you very much'.split(
    ' ',
  )

/** Retell's last event of a call this long, told three times over with a time for every word, as it is when everything is switched on. */
export function longRetellCall(callId: string, hours: number, wordsPerMinute = 200): { body: string; turns: number } {
  const startedAt = 1_772_000_000_000
  const total = hours * 60 * wordsPerMinute
  const turns: { role: string; content: string; words: { word: string; start: number; end: number }[] }[] = []
  for (let said = 0; said < total;) {
    const words = Array.from({ length: Math.min(8 + (said % 17), total - said) }, (_, at) => {
      const start = Math.round(((said + at) * 60_000) / wordsPerMinute) / 1000
      return { word: `${talk[(said + at) % talk.length]} `, start, end: Math.round((start + 0.35) * 1000) / 1000 }
    })
    said += words.length
    const content = words.map(({ word }) => word).join('')
    turns.push({ role: turns.length % 2 === 0 ? 'agent' : 'user', content: content.trim(), words })
  }
  const call = {
    call_id: callId,
    call_type: 'phone_call',
    direction: 'inbound',
    from_number: '+2348035550142',
    to_number: '+2342015550100',
    call_status: 'ended',
    start_timestamp: startedAt,
    end_timestamp: startedAt + hours * 3_600_000,
    duration_ms: hours * 3_600_000,
    disconnection_reason: 'user_hangup',
    transcript: turns.map(({ role, content }) => `${role}: ${content}`).join('\n'),
    transcript_object: turns,
    transcript_with_tool_calls: turns,
    scrubbed_transcript_with_tool_calls: turns,
  }
  return { body: JSON.stringify({ event: 'call_analyzed', call }), turns: turns.length }
}
