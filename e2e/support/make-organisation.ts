import { z } from 'zod'

import { addDocument } from '#lib/features/knowledge/index'
import { addMember } from '#lib/features/team/index'
import { addVoiceAgent, publishVersion } from '#lib/features/voice-agents/index'
import { closePools } from '../../lib/platform/db/pool.ts'
import { runAs, testKey, testOrganisation, testProvider } from '../../lib/testing/organisation.ts'
import { runAsSystem } from '../../lib/transport/system.ts'

/** Run as a process of its own, because the app's modules want Node's `react-server` condition. Prints one line of JSON. */
const Wanted = z.object({
  masking: z.boolean(),
  country: z.string(),
  /** E-mails of people who are elsewhere already, to be agents here too. */
  guests: z.array(z.string()),
})

const { masking, country, guests } = Wanted.parse(JSON.parse(process.argv[2] ?? ''))
const made = await testOrganisation({ masking, country, plan: 'growth' })
const member = ({ email, password, memberId, actor }: typeof made.agent) => ({
  email,
  password,
  memberId,
  personId: actor.id,
})
const settings = { masking, country }
const testEnvironment = await testKey(made.id, { ...settings, environment: 'test' })
const another = await testKey(made.id, settings)
const seesNumbers = await testKey(made.id, { ...settings, scopes: ['calls.ingest', 'calls.view', 'numbers.view'] })
const provider = await testProvider(made.id)
const twilio = await testProvider(made.id, { ...settings, kind: 'twilio' })
const africasTalking = await testProvider(made.id, { ...settings, kind: 'africastalking', secret: null })
const voiceAgent = await runAs(addVoiceAgent, made.owner.actor, { name: 'Front desk' })
await runAs(publishVersion, made.owner.actor, { id: voiceAgent.id, note: 'First words' })
const document = await runAs(addDocument, made.owner.actor, { title: 'Hours', text: 'We open at eight.' })
for (const email of guests) {
  await runAsSystem(addMember, { email, name: 'Guest', role: 'agent' }, { process: 'test', organisation: made.id })
}
process.stdout.write(
  JSON.stringify({
    id: made.id,
    slug: made.slug,
    masking,
    owner: member(made.owner),
    admin: member(made.admin),
    agent: member(made.agent),
    key: made.key,
    keyId: made.keyActor.id,
    testKey: { key: testEnvironment.key, id: testEnvironment.id },
    spareKey: { key: another.key, id: another.id },
    numbersKey: { key: seesNumbers.key, id: seesNumbers.id },
    provider,
    twilio,
    africasTalking,
    voiceAgent: voiceAgent.id,
    document: document.id,
  }),
)
await closePools()
