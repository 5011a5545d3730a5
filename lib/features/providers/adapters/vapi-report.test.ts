import { describe, expect, test } from 'vitest'

import {
  sampleVapi,
  sampleVapiCall as call,
  sampleVapiReport as report,
  VAPI_ENDED_AT,
  VAPI_STARTED_AT as startedAt,
} from '../../../testing/provider-replayer/vapi-sample.ts'
import { vapi } from './vapi.ts'

const facts = (type: string, more: object = {}, about: object = {}) =>
  vapi.read(sampleVapi(type, more, about), {}).facts
const reported = (more: object) => vapi.read({ message: { ...report.message, ...more } }, {}).facts
const at = (text: string) => new Date(text)

describe('times', () => {
  test('a call that was planned began when it began, not when somebody planned it', () => {
    const planned = { schedulePlan: { earliestAt: startedAt }, startedAt }
    expect(facts('status-update', { status: 'in-progress' }, planned)?.startedAt).toEqual(at(startedAt))
    expect(facts('status-update', { status: 'scheduled' }, { schedulePlan: {} })).not.toHaveProperty('startedAt')
  })

  test.each(['customer-did-not-answer', 'customer-busy', 'vonage-rejected'])('%s was never answered', (endedReason) => {
    const read = reported({ endedReason })
    for (const name of ['answeredAt', 'talkMs']) expect(read).not.toHaveProperty(name)
    expect(read?.endedAt).toEqual(at(VAPI_ENDED_AT))
  })

  test('clocks that run backwards make no talk of it', () => {
    expect(reported({ endedAt: '2026-02-25T06:00:00.000Z' })?.talkMs).toBe(0)
  })

  test('without an end its length is taken as told', () => {
    const { call: _call, ...rest } = report.message
    const body = { message: { ...rest, endedAt: null, call: { ...call, startedAt } } }
    expect(vapi.read(body, {}).facts?.talkMs).toBe(65_500)
  })
})

describe('money, consent and judgement', () => {
  test.each([
    [0, 0],
    [0.004_99, 0],
    [0.005, 1],
    [1.005, 101],
    [0.1285, 13],
    [0.1249, 12],
    [1e-9, 0],
    [12.345_678_9, 1_235],
  ])('%d dollars cost %d cents', (cost, amountMinor) => {
    expect(reported({ cost, costs: undefined })?.cost).toEqual({ amountMinor, currency: 'USD' })
  })

  test('without a list its breakdown is taken', () => {
    const costBreakdown = {
      transport: 0.01,
      stt: 0.02,
      llm: 0.03,
      tts: 0.04,
      vapi: 0.05,
      total: 0.15,
      llmPromptTokens: 9,
    }
    expect(reported({ cost: 0.15, costs: undefined, costBreakdown })?.cost?.components).toEqual([
      { name: 'transport', amountMinor: 1 },
      { name: 'stt', amountMinor: 2 },
      { name: 'llm', amountMinor: 3 },
      { name: 'tts', amountMinor: 4 },
      { name: 'vapi', amountMinor: 5 },
    ])
  })

  test('without a cost there is none, and not a cost of nothing', () => {
    expect(reported({ cost: undefined })).not.toHaveProperty('cost')
  })

  test('a plan for consent whose answer has no time was refused; no plan asked nobody', () => {
    expect(reported({ compliance: { recordingConsent: { type: 'verbal' } } })?.consent).toEqual({
      state: 'refused',
      type: 'verbal',
    })
    expect(reported({ compliance: null })?.consent).toEqual({ state: 'unknown' })
  })

  test.each([
    ['true', true],
    ['False', false],
    ['pass', true],
    ['fail', false],
    [true, true],
    ['8', undefined],
    ['Excellent', undefined],
    [{ a: 1 }, undefined],
  ])('a verdict of %j is %j', (successEvaluation, success) => {
    expect(reported({ analysis: { successEvaluation } })?.success).toBe(success)
  })

  test('a recording may stand in any of its places, and is left out where we would not fetch it', () => {
    const url = 'https://storage.example.com/b.wav'
    for (const artifact of [
      { recording: { mono: { combinedUrl: url } } },
      { recording: { stereoUrl: url } },
      { stereoRecordingUrl: url },
    ])
      expect(reported({ artifact })?.recordingUrl).toBe(url)
    for (const bad of ['http://storage.example.com/b.wav', 'file:///etc/passwd', 'x'])
      expect(reported({ artifact: { recordingUrl: bad } })).not.toHaveProperty('recordingUrl')
  })
})
