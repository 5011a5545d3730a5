import { mayHoldNumber } from '../../kernel/number-spans.ts'
import { NUMBER_REMOVED, redactAcross } from '../../kernel/redaction.ts'

interface Said {
  role: string
  text: string
}

/**
 * The texts of turns without numbers. A number read out over several turns is one number; and since an agent says "go on"
 * between its parts, or says them back, the turns of each speaker are first read by themselves. What was removed before
 * still counts as a number, so that its last part goes too when the turns come one by one.
 */
export function redactTurns(turns: readonly Said[]): string[] {
  const texts = turns.map(({ text }) => text)
  const whole = texts.join('\n')
  if (!whole.includes(NUMBER_REMOVED) && !mayHoldNumber(whole)) return texts
  for (const role of new Set(turns.map((turn) => turn.role))) {
    const theirs = turns.flatMap((turn, at) => (turn.role === role ? [at] : []))
    const alone = redacted(theirs.map((at) => texts[at] ?? ''))
    for (const [order, at] of theirs.entries()) texts[at] = alone[order] ?? ''
  }
  return redacted(texts)
}

/** As many digits as make a number. */
const standIn = '0000000'

function redacted(texts: readonly string[]): string[] {
  return redactAcross(texts.map((text) => text.replaceAll(NUMBER_REMOVED, standIn))).pieces
}
