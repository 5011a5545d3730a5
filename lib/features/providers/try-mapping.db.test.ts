import { randomBytes } from 'node:crypto'

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { databaseDump } from '../../testing/database-dump.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { genericDayMapping as mapping } from '../../testing/provider-replayer/generic-day.ts'
import { sampleGeneric } from '../../testing/provider-replayer/generic-sample.ts'
import { tryMapping } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
const logged: string[] = []
afterEach(() => {
  vi.restoreAllMocks()
  logged.length = 0
})

const sample = JSON.stringify(sampleGeneric)
const entries = () => sql`select 1 from audit_entry where org = ${org.id}`

test('those who manage providers learn what a mapping makes of a sample, and nothing is written down', async () => {
  const before = (await entries()).length
  for (const { actor } of [org.owner, org.admin]) {
    const { fields } = await runAs(tryMapping, actor, { sample, mapping })
    expect(fields).toContainEqual({ field: 'from', outcome: 'found', shown: '+234 *** *** 567', problem: null })
    expect(fields.filter(({ outcome }) => outcome === 'invalid')).toEqual([])
  }
  expect(await entries()).toHaveLength(before)
})

test('nobody else may', async () => {
  for (const actor of [org.agent.actor, org.keyActor])
    await expect(runAs(tryMapping, actor, { sample, mapping })).rejects.toMatchObject({ code: 'forbidden' })
})

test('a sample is neither stored nor logged, whether it could be read or not', async () => {
  const marker = `mark${randomBytes(6).toString('hex')}`
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged.push(String(line))
    return true
  })
  const telling = { ...sampleGeneric, call: { ...sampleGeneric.call, note: marker, began: marker } }
  await runAs(tryMapping, org.owner.actor, { sample: JSON.stringify(telling), mapping })
  for (const bad of [`{"${marker}`, `["${marker}"]`])
    await expect(runAs(tryMapping, org.owner.actor, { sample: bad, mapping })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  await expect(
    runAs(tryMapping, org.owner.actor, { sample: JSON.stringify(telling), mapping: { external_id: marker, x: 1 } }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  expect(logged.join('')).not.toContain(marker)
  expect((await databaseDump(sql)).filter(({ text }) => text.includes(marker))).toEqual([])
})

test.each([
  ['sample', { sample: 'x'.repeat(65_537), mapping }],
  ['sample', { sample: 7, mapping }],
  ['mapping.external_id', { sample, mapping: { external_id: 'a.__proto__.b' } }],
  ['mapping.external_id', { sample, mapping: {} }],
  ['mapping', { sample }],
])('a wrong %s is named', async (field, input) => {
  await expect(runAs(tryMapping, org.owner.actor, input)).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { [field]: expect.any(String) as unknown },
  })
})
