import { afterEach, describe, expect, test, vi } from 'vitest'

import { letGo, mostEventBytes, rawBody } from './request-body.ts'

const mebibyte = 1024 * 1024

afterEach(() => {
  vi.useRealTimers()
})

/** A body that arrives in pieces, and how many of them were taken. */
function arriving(pieces: readonly number[]): { request: Request; taken: () => number } {
  let at = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const size = pieces[at]
        if (size === undefined) return controller.close()
        at += 1
        controller.enqueue(new Uint8Array(size))
      },
    },
    { highWaterMark: 0 },
  )
  const request = new Request('https://h', { method: 'POST', body, duplex: 'half' } as RequestInit) // a streamed body must say so; the DOM's types do not know the word
  return { request, taken: () => at }
}
const large = () => arriving([mebibyte, mebibyte])

describe('a body', () => {
  test.each([
    [mebibyte, undefined],
    [mostEventBytes, mostEventBytes],
  ])('of %d bytes is read where that is allowed, and one more is not', async (bytes, most) => {
    const { request } = arriving([bytes])
    expect(await rawBody(request, most)).toHaveLength(bytes)
    letGo(request)
    const over = arriving([bytes, 1]).request
    await expect(rawBody(over, most)).rejects.toMatchObject({ code: 'too_large' })
    letGo(over)
  })
})

describe('large bodies at once', () => {
  test('are four; the next is not taken off the wire until one of them is answered', async () => {
    const held = Array.from({ length: 4 }, large)
    for (const { request } of held) await rawBody(request, mostEventBytes)
    const fifth = large()
    const reading = rawBody(fifth.request, mostEventBytes)
    const [first, ...rest] = held
    // Ordinary ones never wait.
    expect(await rawBody(arriving([mebibyte]).request, mostEventBytes)).toHaveLength(mebibyte)
    expect(fifth.taken()).toBe(2)
    if (first) letGo(first.request)
    expect(await reading).toHaveLength(2 * mebibyte)
    for (const { request } of [...rest, fifth]) letGo(request)
  })

  test('that wait too long are told to come again, and leave no one’s room taken', async () => {
    vi.useFakeTimers()
    const held = Array.from({ length: 4 }, large)
    for (const { request } of held) await rawBody(request, mostEventBytes)
    const fifth = large().request
    const [refused] = await Promise.allSettled([rawBody(fifth, mostEventBytes), vi.advanceTimersByTimeAsync(5_000)])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retryAfterSeconds: 5 } })
    for (const { request } of [...held, { request: fifth }]) letGo(request)
    const again = Array.from({ length: 4 }, large)
    for (const { request } of again) expect(await rawBody(request, mostEventBytes)).toHaveLength(2 * mebibyte)
    for (const { request } of again) letGo(request)
  })

  test('hold their room once, however often they are let go', async () => {
    const { request } = large()
    await rawBody(request, mostEventBytes)
    for (let times = 0; times < 9; times += 1) letGo(request)
    letGo(arriving([1]).request)
    const held = Array.from({ length: 4 }, large)
    for (const one of held) await rawBody(one.request, mostEventBytes)
    vi.useFakeTimers()
    const waiting = rawBody(large().request, mostEventBytes)
    const [refused] = await Promise.allSettled([waiting, vi.advanceTimersByTimeAsync(5_000)])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
    for (const one of held) letGo(one.request)
  })
})
