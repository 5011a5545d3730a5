import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { cleanFacts, cleanTranscript } from './clean-facts.ts'
import type { IncomingTurn } from './shapes.ts'

const masked = { country: 'NG', masking: true }
const noPause = (): Promise<void> => Promise.resolve()
const turn = (text: string, at = 0): IncomingTurn => ({ role: at % 2 === 0 ? 'caller' : 'agent', text, atMs: at })
const talk = 'I want to ask about the order of last week, please. '
const textsOf = async (turns: IncomingTurn[], masking = true) =>
  (await cleanTranscript({ stage: 1, turns }, masking, noPause)).turns.map(({ text }) => text)

describe('a transcript cleaned in parts', () => {
  test('is what it would be in one, as long as it is short', async () => {
    const line = fc.constantFrom('It is 0803', '555', 'yes', 'go on', '0142', 'zero eight zero three', talk, 'oh one')
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const turns = lines.map(turn)
        const whole = cleanFacts({ externalId: 'c', transcript: { stage: 1, turns } }, masked).transcript
        expect(await cleanTranscript({ stage: 1, turns }, true, noPause)).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })

  test('loses a number wherever it was read out, also where two parts meet', async () => {
    const told = ['It is 0803', '555', 'okay', '0142, thank you']
    // Three hundred of these turns and some more letters are one part: the longer the first turn, the sooner it ends.
    for (let letters = 0; letters < 80; letters += 1) {
      const lines = ['a'.repeat(letters), ...Array.from({ length: 307 }, () => talk), ...told, talk]
      const clean = await textsOf(lines.map((text) => ({ role: 'caller', text, atMs: 0 })))
      expect(clean).toHaveLength(lines.length)
      expect(clean.filter((text) => /\d/.test(text))).toEqual([])
      expect(clean.filter((text) => text === talk)).toHaveLength(308)
    }
  })

  test('keeps every turn, its speaker and its time, in order, however long each is', async () => {
    const turns = [0, 30_000, 3, 16_000, 15_999, 1, 0, 40_000].map((length, at) => turn('a'.repeat(length), at))
    expect(await cleanTranscript({ stage: 2, turns }, true, noPause)).toEqual({ stage: 2, turns })
    expect(await cleanTranscript({ stage: 2, turns: [] }, true, noPause)).toEqual({ stage: 2, turns: [] })
  })

  test('leaves words as said while masking is off, in the form the vault insists on', async () => {
    expect(await textsOf([turn('call 0803 555 0142'), turn('e\u0301\0\ud800')], false)).toEqual([
      'call 0803 555 0142',
      'é\ufffd',
    ])
  })

  test('lets others have a turn between the parts, and not otherwise', async () => {
    const pausesIn = async (turns: IncomingTurn[]): Promise<number> => {
      let pauses = 0
      await cleanTranscript({ stage: 1, turns }, true, () => {
        pauses += 1
        return Promise.resolve()
      })
      return pauses
    }
    expect(await pausesIn([turn(talk)])).toBe(0)
    const hour = Array.from({ length: 1_000 }, (_, at) => turn(talk, at))
    expect(await pausesIn(hour)).toBe(Math.ceil((hour.length * talk.length) / 16_000) - 1)
  })
})
