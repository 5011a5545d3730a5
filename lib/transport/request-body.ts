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
 * A body that says it is JSON, and is: UTF-8, no lone surrogates hidden in escapes.
 * @throws AppError unsupported_type, invalid_input
 */
export function jsonFrom(raw: Buffer, contentType: string | null): unknown {
  if (!/^application\/json(\s*;\s*charset=utf-8)?$/i.test(contentType ?? '')) {
    throw new AppError('unsupported_type', 'Send JSON with Content-Type: application/json.')
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown
  } catch {
    throw new AppError('invalid_input', 'The body is not JSON in UTF-8.', { fields: { body: 'must be JSON in UTF-8' } })
  }
}
