import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

import { deliver } from '../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { genericDayMapping } from '../testing/provider-replayer/generic-day.ts'
import { sampleGeneric } from '../testing/provider-replayer/generic-sample.ts'
import { signByRule } from '../testing/provider-replayer/sign-by-rule.ts'
import { sampleVapiReport } from '../testing/provider-replayer/vapi-sample.ts'
import { naughtyStrings } from '../testing/vectors.ts'

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation({ masking: false })
})

describe('hostile text in every text field', () => {
  const logged: string[] = []
  afterEach(() => {
    vi.restoreAllMocks()
    logged.length = 0
  })

  const vapiBody = (text: string, at: number): string =>
    JSON.stringify({
      message: {
        ...sampleVapiReport.message,
        endedReason: text,
        assistant: { name: text, metadata: { note: text } },
        customer: { number: text, sipUri: text },
        artifact: { messages: [{ role: 'user', message: text, secondsFromStart: 1 }], recordingUrl: text },
        analysis: { summary: text, successEvaluation: text },
        compliance: { recordingConsent: { type: text } },
        call: { id: `hostile-${at}`, type: 'inboundPhoneCall', assistantId: text },
      },
    })
  const genericBody = (text: string, at: number): string => {
    const labels = { campaign: text, crm_phone: text }
    const said = [{ who: 'customer', text, at: 1 }]
    const call = {
      ...sampleGeneric.call,
      ref: `hostile-${at}`,
      desk: text,
      why: text,
      note: text,
      file: text,
      labels,
      said,
    }
    return JSON.stringify({
      ...sampleGeneric,
      id: `hostile-${at}`,
      name: text,
      call: { ...call, leg: { from: text, to: text } },
    })
  }

  const settings = {
    vapi: { mode: 'hmac', header: 'x-sig' },
    generic: { mapping: genericDayMapping, signature: { mode: 'hmac', header: 'x-sig' } },
  }
  const payloads = { vapi: '{timestamp}.{body}', generic: '{body}' }

  test.each([
    ['vapi', vapiBody],
    ['generic', genericBody],
  ] as const)(
    'of %s is stored or refused, never a failure, never said back, never in the log',
    async (kind, bodyOf) => {
      const hook = await testProvider(org.id, { kind, settings: settings[kind], masking: false })
      const rule = { header: 'x-sig', algorithm: 'sha256', encoding: 'hex', payload: payloads[kind] } as const
      vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
        logged.push(String(line))
        return true
      })
      const texts = naughtyStrings()
      const statuses = new Set<number>()
      const repeated: string[] = []
      for (const [at, text] of texts.entries()) {
        const body = bodyOf(text, at)
        const proof = signByRule(body, hook.secret, new Date(), rule)
        const answer = await deliver(hook.path, body, { 'content-type': 'application/json', ...proof })
        statuses.add(answer.status)
        if (text.trim().length > 8 && (await answer.text()).includes(text)) repeated.push(text)
      }
      expect([...statuses].filter((status) => status !== 200 && status !== 400)).toEqual([])
      expect(statuses).toContain(200)
      expect(repeated).toEqual([])
      const telling = texts.filter((text) => text.trim().length > 8)
      const strange = logged.filter((line) => {
        const isOne = line.indexOf('\n') === line.length - 1 && line.startsWith('{"at":"')
        return !isOne || telling.some((text) => line.includes(text) || line.includes(JSON.stringify(text).slice(1, -1)))
      })
      expect(strange).toEqual([])
    },
  )
})
