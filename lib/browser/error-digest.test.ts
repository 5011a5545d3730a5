import { expect, test } from 'vitest'

import { readDigest } from './error-digest.ts'

test('our own digest tells its code, the request id and when to come back; any other is passed on as it is', () => {
  const id = '01a20c57-ba5e-7de0-8a7e-b59c5c016661'
  const told = (code?: string, requestId?: string, retryAfterSeconds?: number) => ({
    code,
    requestId,
    retryAfterSeconds,
  })
  expect(readDigest(`key_disabled:${id}`)).toEqual(told('key_disabled', id))
  expect(readDigest(`rate_limited:${id}:42`)).toEqual(told('rate_limited', id, 42))
  expect(readDigest('2983741')).toEqual(told(undefined, '2983741'))
  expect(readDigest(`rate_limited:${id}:soon`)).toEqual(told(undefined, `rate_limited:${id}:soon`))
  expect(readDigest(undefined)).toEqual(told())
})
