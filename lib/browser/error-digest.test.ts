import { expect, test } from 'vitest'

import { readDigest } from './error-digest.ts'

test('our own digest tells its code and the request id; any other is passed on as it is', () => {
  const id = '01a20c57-ba5e-7de0-8a7e-b59c5c016661'
  expect(readDigest(`key_disabled:${id}`)).toEqual({ code: 'key_disabled', requestId: id })
  expect(readDigest('2983741')).toEqual({ code: undefined, requestId: '2983741' })
  expect(readDigest(undefined)).toEqual({ code: undefined, requestId: undefined })
})
