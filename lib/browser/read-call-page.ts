import type { ListedCall, ListedPage } from '#lib/features/calls/shapes'

import { isRecord } from './fetch-json.ts'

const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)
const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number'

function isCaller(value: unknown): boolean {
  return isRecord(value) && isText(value['kind']) && isText(value['masked']) && isText(value['hidden'])
}

function isCost(value: unknown): boolean {
  return value === null || (isRecord(value) && typeof value['amount_minor'] === 'number' && isText(value['currency']))
}

/** Guarantees every field a list shows; that a word is one of ours the door's own schema vouches for. */
function isListedCall(value: unknown): value is ListedCall {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['status']) &&
    isTextOrNull(value['status_raw']) &&
    isText(value['direction']) &&
    isText(value['environment']) &&
    isText(value['started_at']) &&
    isCaller(value['caller']) &&
    Array.isArray(value['tags']) &&
    (value['follow_up'] === null || isRecord(value['follow_up'])) &&
    isTextOrNull(value['agent']) &&
    isTextOrNull(value['outcome']) &&
    isNumberOrNull(value['talk_ms']) &&
    isCost(value['cost'])
  )
}

/** A page of calls as the call list door sends it, or undefined when it is something else. */
export function readCallPage(value: unknown): ListedPage | undefined {
  if (!isRecord(value)) return undefined
  const { data, next_cursor: nextCursor } = value
  if (!Array.isArray(data) || !data.every(isListedCall) || !isTextOrNull(nextCursor)) return undefined
  return { data, next_cursor: nextCursor }
}
