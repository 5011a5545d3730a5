import { returnPath } from '#lib/kernel/return-path'

import { DoorError, fetchJson, isRecord } from './fetch-json.ts'

export type SignInAnswer =
  | { kind: 'in'; to: string }
  | { kind: 'limited'; seconds: number }
  | { kind: 'refused' | 'unreachable' | 'failed' }

const WAIT_WHEN_UNSAID_SECONDS = 60

/** Post the sign-in form as the browser would, and read the answer. */
export async function sendSignIn(action: string, data: FormData): Promise<SignInAnswer> {
  const body = new URLSearchParams()
  for (const [name, value] of data) if (typeof value === 'string') body.append(name, value)
  try {
    return { kind: 'in', to: await fetchJson(action, readDestination, { method: 'POST', body }) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Where to go: only ever a screen of our own. */
function readDestination(value: unknown): string | undefined {
  return isRecord(value) && value['ok'] === true ? (returnPath(value['to']) ?? undefined) : undefined
}

function refusalOf(error: unknown): SignInAnswer {
  if (!(error instanceof DoorError)) return { kind: 'failed' }
  if (error.status === 429)
    return { kind: 'limited', seconds: Math.ceil(error.retryAfterSeconds ?? WAIT_WHEN_UNSAID_SECONDS) }
  if (error.status === 401 || error.status === 400) return { kind: 'refused' }
  return { kind: error.status === 0 ? 'unreachable' : 'failed' }
}
