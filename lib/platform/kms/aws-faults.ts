import { isKmsError, KmsError, type KmsFault } from './port.ts'

/**
 * The names under which KMS says "this key will not open that for you" (its API reference, per action).
 * Everything else (throttling, 5xx, time-outs, network, our own credentials) is an outage: it is no
 * decision about this key, and during an outage a key lives no longer than its cache entry anyway.
 */
const faults: ReadonlyMap<string, KmsFault> = new Map([
  ['DisabledException', 'disabled'],
  ['KMSInvalidStateException', 'invalid_state'],
  ['AccessDeniedException', 'access_denied'],
  ['NotFoundException', 'not_found'],
  ['IncorrectKeyException', 'incorrect_key'],
  ['InvalidKeyUsageException', 'incorrect_key'],
  ['InvalidCiphertextException', 'invalid_ciphertext'],
  ['InvalidGrantTokenException', 'access_denied'],
  ['InvalidArnException', 'bad_request'],
  ['ValidationException', 'bad_request'],
])

/** Keeps the provider's name for the failure and drops its message, which may quote what was sent. */
export function asKmsError(error: unknown): KmsError {
  if (isKmsError(error)) return error
  const code = error instanceof Error ? error.name : 'Unknown'
  return new KmsError(faults.get(code) ?? 'unreachable', code)
}
