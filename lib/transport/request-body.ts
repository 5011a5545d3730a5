import 'server-only'

import { AppError } from '../kernel/app-error.ts'

const largest = 1024 * 1024

/** @throws AppError too_large past 1 MiB, however the length was declared */
export async function rawBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > largest) throw new AppError('too_large', 'The body may be at most 1 MiB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * A body that says it is JSON, and is: UTF-8, and what half a surrogate pair its escapes hide becomes U+FFFD, because no text
 * that is sealed, hashed or sent on can hold it.
 * @throws AppError unsupported_type, invalid_input
 */
export function jsonFrom(raw: Buffer, contentType: string | null): unknown {
  if (!/^application\/json(\s*;\s*charset=utf-8)?$/i.test(contentType ?? '')) {
    throw new AppError('unsupported_type', 'Send JSON with Content-Type: application/json.')
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw)
    const value: unknown = JSON.parse(text)
    return surrogateEscape.test(text) ? wellFormed(value) : value
  } catch {
    throw new AppError('invalid_input', 'The body is not JSON in UTF-8.', { fields: { body: 'must be JSON in UTF-8' } })
  }
}

const surrogateEscape = /\\u[dD][89a-fA-F]/

/** `JSON.stringify` writes as an escape only the surrogates that have lost their other half. */
function wellFormed(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value).replaceAll(/(\\\\)|\\ud[89a-f][0-9a-f]{2}/g, (found: string, backslash?: string) =>
      backslash ? found : '\ufffd',
    ),
  )
}
