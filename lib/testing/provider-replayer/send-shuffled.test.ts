import { Retell } from 'retell-sdk'
import { describe, expect, test } from 'vitest'

import { retellDay } from './retell-day.ts'
import { sendAll, sendShuffled, withMishaps } from './send-shuffled.ts'
import { signRetell } from './sign-retell.ts'

const day = retellDay({ seed: 7, now: new Date('2026-03-01T18:00:00Z') })

describe('sending', () => {
  const bodies = (list: readonly { body: string }[]) => list.map(({ body }) => body).toSorted()

  test('shuffled three times over, every delivery goes three times and the order is lost', async () => {
    const sent: typeof day = []
    const answers = await sendShuffled({
      deliveries: day,
      seed: 1,
      times: 3,
      send: (one) => {
        sent.push(one)
        return Promise.resolve(one.event)
      },
    })
    expect(bodies(sent)).toEqual(bodies([...day, ...day, ...day]))
    expect(sent.map(({ body }) => body)).not.toEqual([...day, ...day, ...day].map(({ body }) => body))
    expect(answers).toHaveLength(day.length * 3)
  })

  test('never more at once than allowed, and a failure ends it', async () => {
    let open = 0
    let most = 0
    await sendAll(
      day,
      async () => {
        open += 1
        most = Math.max(most, open)
        await Promise.resolve()
        open -= 1
      },
      3,
    )
    expect(most).toBe(3)
    await expect(sendAll(day, () => Promise.reject(new Error('refused')), 3)).rejects.toThrow('refused')
  })

  test('a day with mishaps loses nothing, repeats some and delays some', () => {
    const mishaps = withMishaps(day, 3)
    expect(new Set(bodies(mishaps))).toEqual(new Set(bodies(day)))
    expect(mishaps.length).toBeGreaterThan(day.length)
    expect(mishaps.map(({ at }) => at.getTime())).not.toEqual(
      mishaps.map(({ at }) => at.getTime()).toSorted((a, b) => a - b),
    )
  })

  test('what the replayer signs, Retell’s own SDK accepts', async () => {
    const body = day[0]?.body ?? ''
    expect(await Retell.verify(body, 'key', signRetell(body, 'key', new Date())['x-retell-signature'] ?? '')).toBe(true)
  })
})
