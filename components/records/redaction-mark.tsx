import { Fragment } from 'react'

import { NUMBER_REMOVED } from '#lib/kernel/number-removed'

import * as words from '../words/words.ts'
import { SealMark } from './seal-mark.tsx'

/** Text with the place of each removed number shown as a calm mark instead of brackets. */
export function RedactedText({ text }: { text: string }) {
  return text.split(NUMBER_REMOVED).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- the text is fixed, so its parts never move
    <Fragment key={at}>
      {at > 0 && <RedactionMark />}
      {part}
    </Fragment>
  ))
}

function RedactionMark() {
  return (
    <span
      title={words.calls.transcript.removedWhy}
      className="mx-0.5 inline-flex items-center gap-1 rounded-6 bg-wash px-1.5 align-baseline text-12 text-muted"
    >
      <SealMark className="size-3" />
      {words.calls.transcript.removed}
    </span>
  )
}
