import { Notice } from '../ui/notice.tsx'
import * as words from '../words/words.ts'

/** Why an act was not done, with what to quote when asking about it. */
export function FailureNotice({ failure }: { failure: { message: string; requestId: string | null } | null }) {
  if (!failure) return null
  return (
    <Notice tone="bad" role="alert">
      {failure.message}
      {failure.requestId !== null && (
        <span className="block text-12 text-muted">
          {words.acts.requestId} <span className="font-mono">{failure.requestId}</span>
        </span>
      )}
    </Notice>
  )
}
