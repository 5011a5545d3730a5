import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { setPlan } from '#lib/features/organisations/index'
import { listMembers } from '#lib/features/team/index'

import { platformOrganisation } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { operatorOnly } from '../kernel/permission.ts'
import { superuserSql } from '../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { mintOperator } from './actors.ts'
import { refusalOf } from './allowed.ts'
import { perActor } from './limits.ts'
import { act, entriesOf } from './run.test-support.ts'
import { command, recorded, type UseCase } from './use-case.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

const operator = mintOperator({ kind: 'operator', id: newId<'operator'>(), organisation: null })
const inspect = command({
  name: 'test.inspect',
  allow: 'operators.view',
  limit: perActor(60, 'minute'),
  audit: 'test.inspected',
  input: z.strictObject({}),
  output: z.object({}),
  run: () => Promise.resolve(recorded({}, { target: null })),
})

const entry = { org: platformOrganisation, actor_kind: 'operator', actor: operator.id, api_key_id: null }

test('what an operator does stands in the platform’s own log, by their name', async () => {
  const { requestId, failed } = await act(inspect, operator, {})
  expect(failed).toBeNull()
  expect(await entriesOf(sql, requestId)).toMatchObject([{ ...entry, action: 'test.inspected', result: 'done' }])
})

test.each([
  ['what a member may', listMembers, {}],
  ['what our own processes may', setPlan, { plan: 'business' }],
])('an operator who tries %s is refused, and the try is remembered', async (_, useCase, input) => {
  const { requestId, failed } = await act(useCase, operator, input)
  expect(failed).toMatchObject({ code: 'forbidden' })
  expect(await entriesOf(sql, requestId)).toMatchObject([{ ...entry, action: 'access.refused', result: 'refused' }])
})

test.each(['owner', 'admin', 'agent', 'key'] as const)(
  'an operator’s use case refuses the %s of an organisation',
  async (who) => {
    const actor = who === 'key' ? org.keyActor : org[who].actor
    const { requestId, failed } = await act(inspect, actor, {})
    expect(failed).toMatchObject({ code: 'forbidden' })
    expect(await entriesOf(sql, requestId)).toMatchObject([
      { org: org.id, action: 'access.refused', result: 'refused' },
    ])
  },
)

const features = join(import.meta.dirname, '../features')

/** Every use case that a feature shows to the doors. */
async function everyUseCase(): Promise<UseCase[]> {
  const rooms = readdirSync(features, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const exported: unknown[] = []
  for (const { name } of rooms) {
    const room: unknown = await import(join(features, name, 'index.ts'))
    const shown: unknown[] = typeof room === 'object' && room !== null ? Object.values(room) : []
    exported.push(...shown)
  }
  return exported.filter(isUseCase)
}

const isUseCase = (value: unknown): value is UseCase =>
  typeof value === 'object' && value !== null && 'allow' in value && 'kind' in value && 'name' in value

test('an operator is refused every use case of an organisation, of every feature', async () => {
  const useCases = await everyUseCase()
  const guarded = useCases.filter(({ allow }) => allow !== 'anyone' && !operatorOnly.some((one) => one === allow))
  expect(guarded.length).toBeGreaterThan(40)
  expect(
    guarded.filter(({ allow }) => refusalOf(allow, operator)?.code !== 'forbidden').map(({ name }) => name),
  ).toEqual([])
})
