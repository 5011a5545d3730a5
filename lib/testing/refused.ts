import { expect } from 'vitest'

import { isUuid } from '../kernel/ids.ts'

/** Any text, where only that there is some matters. */
export const someText: unknown = expect.any(String)
const someObject: unknown = expect.any(Object)
const aSentence: unknown = expect.stringMatching(/^[A-Z].*\.$/)
const anId: unknown = expect.toSatisfy(isUuid)

/** Holds a refusal to its one form, to the last member. Answers with the fields it names. */
export async function expectRefused(
  answering: Response | Promise<Response>,
  status: number,
  code: string,
): Promise<Record<string, string>> {
  const answer = await answering
  const said = (await answer.json()) as { request_id: string; detail?: { fields: Record<string, string> } } // held to it below
  const detail = said.detail ? { detail: { fields: someObject } } : {}
  expect([answer.status, said]).toEqual([status, { error: aSentence, code, request_id: anId, ...detail }])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': said.request_id,
  })
  return said.detail?.fields ?? {}
}
