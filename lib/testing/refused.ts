import { expect } from 'vitest'

import { isUuid } from '../kernel/ids.ts'

/** Holds a refusal to its one form, to the last member. Answers with the fields it names. */
export async function expectRefused(
  answering: Response | Promise<Response>,
  status: number,
  code: string,
): Promise<Record<string, string>> {
  const answer = await answering
  const said: { request_id: string; detail?: { fields: Record<string, string> } } = await answer.json()
  const detail = said.detail ? { detail: { fields: expect.any(Object) } } : {}
  expect([answer.status, said]).toEqual([
    status,
    { error: expect.stringMatching(/^[A-Z].*\.$/), code, request_id: expect.toSatisfy(isUuid), ...detail },
  ])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': said.request_id,
  })
  return said.detail?.fields ?? {}
}
