import { describe, expect, test } from 'vitest'

import { readCallLog } from './read-call-log.ts'

const heading = 'sessionId,durationInSeconds,amount,currencyCode'
const problem = (text: string): string | undefined => {
  try {
    readCallLog(text)
  } catch (error) {
    return (error as { fields?: Record<string, string> }).fields?.['log'] // an AppError's
  }
  return undefined
}

describe('a log of calls', () => {
  test('is read whatever its separator, order, case and marks', () => {
    const expected = { name: 'ATVId_1', talkMs: 83_000, cost: { amountMinor: 320, currency: 'KES' } }
    for (const text of [
      `${heading}\nATVId_1,83,3.20,KES`,
      `\uFEFF"Session ID";"Duration";"Cost";"Currency"\r\n"ATVId_1";"1:23";"3.2";"KES"\r\n`,
      'currency\tAMOUNT\tduration (s)\tsession id\nKES\t3.2000\t00:01:23\tATVId_1\n\n',
      'sessionId,amount,duration\nATVId_1,KES 3.20,83',
    ])
      expect(readCallLog(text), text).toEqual({ calls: [expected], unread: [] })
  })

  test('may leave out length or cost, as a column or in a line', () => {
    expect(readCallLog('sessionId,duration\nA,5').calls).toEqual([{ name: 'A', talkMs: 5_000, cost: null }])
    expect(readCallLog(`${heading}\nA,,,\nB,5,,KES`).calls.map(({ talkMs, cost }) => [talkMs, cost])).toEqual([
      [null, null],
      [5_000, null],
    ])
  })

  test('tells the lines it cannot read by their numbers, and reads the others', () => {
    const lines = [
      'A,5,1,KES',
      ',5,1,KES',
      'B,soon,1,KES',
      'C,5,free,KES',
      'D,5,1,shillings',
      'E,-5,1,KES',
      'F G,5,1,KES',
      'rubbish',
      'H,6,1,KES',
    ]
    const log = readCallLog([heading, ...lines].join('\n'))
    expect(log.calls.map(({ name }) => name)).toEqual(['A', 'H'])
    expect(log.unread).toEqual([3, 4, 5, 6, 7, 8, 9])
  })

  test('is divided as its heading is, and its lines are counted as an editor counts them', () => {
    const log = readCallLog('sessionId;amount;duration\nA;KES 3,20;83\n\n\nB;KES 3.20;83\nC;5" pipe;1\n')
    expect(log.calls).toEqual([{ name: 'B', talkMs: 83_000, cost: { amountMinor: 320, currency: 'KES' } }])
    expect(log.unread).toEqual([2, 6])
  })

  test.each([
    ['', 'must have a heading with a column sessionId'],
    ['hello', 'must have a heading with a column sessionId'],
    ['sessionId,colour\nA,red', 'must have a column durationInSeconds or amount'],
    [heading, 'has no line that could be read'],
    [`${heading}\n"A,5,1,KES`, 'is not CSV'],
    [`${heading}\n${'A'.repeat(30_000)}`, 'is not CSV'],
    [`${heading}\n${'A,5,1,KES\n'.repeat(5_001)}`, 'holds 5001 lines; send at most 5000 at a time'],
  ])('that is none is refused and told why: %#', (text, why) => {
    expect(problem(text)).toBe(why)
  })
})
