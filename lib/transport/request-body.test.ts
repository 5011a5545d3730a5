import { afterEach, describe, expect, test, vi } from 'vitest'

import { letGo, mostEventBytes, rawBody, takeInHand } from './request-body.ts'

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
/** Begins large and never goes on. */
function stuck(): { request: Request; isCancelled: () => boolean } {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(mebibyte + 1)),
    cancel() {
      isCancelled = true
    },
  })
  const request = new Request('https://h', { method: 'POST', body, duplex: 'half' } as RequestInit) // as above
  return { request, isCancelled: () => isCancelled }
}
const large = () => arriving([mebibyte, mebibyte])
const of = (whose: string) => ({ most: mostEventBytes, whose })
const whole = { length: 2 * mebibyte }

describe('a body', () => {
  test.each([
    [mebibyte, undefined],
    [mostEventBytes, of('a')],
  ])('of %d bytes is read where that is allowed, and one more is not', async (bytes, room) => {
    const { request } = arriving([bytes])
    expect(await rawBody(request, room)).toHaveLength(bytes)
    letGo(request)
    const over = arriving([bytes, 1]).request
    await expect(rawBody(over, room)).rejects.toMatchObject({ code: 'too_large' })
    letGo(over)
  })

  test('that says it is larger is not even begun', async () => {
    const { request, taken } = arriving([10])
    request.headers.set('content-length', String(mebibyte + 1))
    await expect(rawBody(request)).rejects.toMatchObject({ code: 'too_large' })
    expect(taken()).toBe(0)
  })

  test('that breaks off is refused as the sender’s doing', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('The request ended before its body did.')),
    })
    const request = new Request('https://h', { method: 'POST', body, duplex: 'half' } as RequestInit) // as above
    await expect(rawBody(request)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('large bodies at once', () => {
  test('are two of one owner; the next is not taken off the wire until one of them is answered', async () => {
    const held = [large(), large()]
    for (const { request } of held) await rawBody(request, of('a'))
    const third = large()
    const reading = rawBody(third.request, of('a'))
    const [first, second] = held
    // Ordinary ones never wait, and neither does anybody else's.
    expect(await rawBody(arriving([mebibyte]).request, of('a'))).toHaveLength(mebibyte)
    const theirs = large().request
    expect(await rawBody(theirs, of('b'))).toMatchObject(whole)
    expect(third.taken()).toBe(2)
    if (first) letGo(first.request)
    expect(await reading).toMatchObject(whole)
    for (const request of [second?.request, third.request, theirs]) if (request) letGo(request)
  })

  test('that nobody has proven keep no other owner’s out, however many they are', async () => {
    vi.useFakeTimers()
    const strangers = Array.from({ length: 40 }, () => stuck().request)
    const refused = Promise.allSettled(strangers.map((request) => rawBody(request, of('stranger'))))
    for (let times = 0; times < 8; times += 1) {
      const { request } = large()
      expect(await rawBody(request, of('client'))).toMatchObject(whole)
      await takeInHand(request)
      letGo(request)
    }
    await vi.advanceTimersByTimeAsync(10_000)
    for (const one of await refused)
      expect(one).toMatchObject({ reason: { code: 'unavailable', retryAfterSeconds: 5 } })
    for (const request of strangers) letGo(request)
  })

  test('must be whole within ten seconds of getting a place, and give it back', async () => {
    vi.useFakeTimers()
    const slow = [stuck(), stuck()]
    const refused = Promise.allSettled(
      slow.map(async ({ request }) => {
        try {
          return await rawBody(request, of('a'))
        } finally {
          letGo(request)
        }
      }),
    )
    await vi.advanceTimersByTimeAsync(9_999)
    expect(slow.map((one) => one.isCancelled())).toEqual([false, false])
    const next = large().request
    const reading = rawBody(next, of('a'))
    await vi.advanceTimersByTimeAsync(1)
    expect(await refused).toMatchObject([1, 2].map(() => ({ reason: { code: 'unavailable', retryAfterSeconds: 5 } })))
    expect(slow.map((one) => one.isCancelled())).toEqual([true, true])
    expect(await reading).toMatchObject(whole)
    letGo(next)
  })

  test('are four in hand; the next waits until one of them is answered, and is told to come again when that takes too long', async () => {
    const held = ['a', 'a', 'b', 'b', 'c', 'd'].map((whose) => ({ whose, ...large() }))
    for (const { request, whose } of held) await rawBody(request, of(whose))
    const [first, second, third, fourth, fifth, sixth] = held.map(({ request }) => request)
    if (!first || !second || !third || !fourth || !fifth || !sixth) throw new Error('six were made')
    for (const request of [first, second, third, fourth]) await takeInHand(request)
    vi.useFakeTimers()
    const [waiting, late] = [takeInHand(fifth), takeInHand(sixth)]
    letGo(first)
    await waiting
    const [refused] = await Promise.allSettled([late, vi.advanceTimersByTimeAsync(5_000)])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retryAfterSeconds: 5 } })
    for (const request of [second, third, fourth, fifth, sixth]) letGo(request)
  })

  test('hold their place once, however often they are let go', async () => {
    const { request } = large()
    await rawBody(request, of('a'))
    for (let times = 0; times < 9; times += 1) letGo(request)
    letGo(arriving([1]).request)
    const held = [large(), large()]
    for (const one of held) await rawBody(one.request, of('a'))
    vi.useFakeTimers()
    const waiting = rawBody(large().request, of('a'))
    const [refused] = await Promise.allSettled([waiting, vi.advanceTimersByTimeAsync(5_000)])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
    for (const one of held) letGo(one.request)
  })
})
