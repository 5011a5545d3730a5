import { randomBytes } from 'node:crypto'

import { createKey } from '#lib/features/api-keys/index'
import type { Scope } from '#lib/features/api-keys/shapes'
import { createOrganisation } from '#lib/features/organisations/index'
import { addProvider } from '#lib/features/providers/index'
import { addMember } from '#lib/features/team/index'

import { mintApiKey, mintPerson, mintProvider } from '../guard/actors.ts'
import { foundOrganisation } from '../guard/found-organisation.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { vaultOf } from '../guard/vault-of.ts'
import type { Actor, ApiKeyActor, Environment, PersonActor, ProviderActor } from '../kernel/actor.ts'
import { asId, newId, type OrganisationId } from '../kernel/ids.ts'
import type { Role } from '../kernel/permission.ts'
import type { Plan } from '../kernel/plan.ts'
import type { ProviderKind } from '../kernel/provider-kind.ts'
import { runAsSystem, startProcess } from '../transport/system.ts'

export interface TestOrganisation {
  id: OrganisationId
  slug: string
  masking: boolean
  /** A member of each role, as an actor and as somebody who can sign in. */
  owner: TestMember
  admin: TestMember
  agent: TestMember
  /** A live key with every scope but phone numbers. */
  key: string
  keyActor: ApiKeyActor
}

export interface TestMember {
  actor: PersonActor
  memberId: string
  email: string
  password: string
}

const as = { process: 'test' }

/** Login, key service and the platform's own keys, as every process has them. */
export function testPlatform(): Promise<void> {
  return (started ??= startProcess('orinode_web', 'test'))
}
let started: Promise<void> | undefined

/**
 * An organisation of its own, in one line: nothing in it is anybody else's. `plan` says how many keys, providers and members
 * there may be.
 */
export async function testOrganisation({
  masking = true,
  country = 'NG',
  plan = 'starter',
}: { masking?: boolean; country?: string; plan?: Plan } = {}): Promise<TestOrganisation> {
  await testPlatform()
  const id = newId<'organisation'>()
  const keys = await foundOrganisation(id)
  if (!keys) throw new Error('a new id was already founded')
  const where = { ...as, organisation: id }
  const name = `Test ${randomBytes(4).toString('hex')}`
  const { slug } = await runAsSystem(
    createOrganisation,
    { name, country, time_zone: 'Africa/Lagos', masking, plan, keys },
    where,
  )
  const organisation = {
    id,
    slug,
    name,
    country,
    timeZone: 'Africa/Lagos',
    currency: 'NGN',
    plan,
    masking,
    isSuspended: false,
  }
  const memberOf = async (role: Role): Promise<TestMember> => {
    const email = `${role}.${randomBytes(6).toString('hex')}@example.test`
    const password = randomBytes(12).toString('base64url')
    const { member_id, person_id } = await runAsSystem(
      addMember,
      { email, name: `Test ${role}`, role, password },
      where,
    )
    const actor = mintPerson({
      kind: 'person',
      id: asId(person_id),
      name: `Test ${role}`,
      email,
      sessionHash: Buffer.alloc(32),
      organisation,
      membership: { id: asId(member_id), role, isSuspended: false, toggles: {}, groups: [] },
    })
    return { actor, memberId: member_id, email, password }
  }
  const [owner, admin, agent] = await Promise.all([memberOf('owner'), memberOf('admin'), memberOf('agent')])
  const { key, actor } = await testKey(id, { masking, country })
  return { id, slug, masking, owner, admin, agent, key, keyActor: actor }
}

/** One more API key, as its text and as the actor it stands for. */
export async function testKey(
  organisation: OrganisationId,
  {
    masking = true,
    country = 'NG',
    environment = 'live',
    scopes = ['calls.ingest', 'calls.view'],
  }: { masking?: boolean; country?: string; environment?: Environment; scopes?: Scope[] } = {},
): Promise<{ key: string; id: string; actor: ApiKeyActor }> {
  const { id, key } = await runAsSystem(createKey, { name: 'Test key', environment, scopes }, { ...as, organisation })
  const actor = mintApiKey({
    kind: 'api_key',
    id: asId(id),
    environment,
    scopes,
    organisation: { id: organisation, country, masking, isSuspended: false },
  })
  return { key, id, actor }
}

interface ProviderOptions {
  masking?: boolean
  country?: string
  kind?: ProviderKind
  settings?: Record<string, unknown>
  /** Null: nothing signs these events. */
  secret?: string | null
}

/** A place for a provider's events, with the secret it signs with and the actor that comes in by it. */
export async function testProvider(
  organisation: OrganisationId,
  { masking = true, country = 'NG', kind = 'retell', settings = {}, secret: given }: ProviderOptions = {},
): Promise<{ path: string; secret: string; id: string; actor: ProviderActor }> {
  const secret = given === undefined ? `key_${randomBytes(12).toString('hex')}` : given
  const { path, id } = await runAsSystem(
    addProvider,
    { kind, name: 'Test provider', settings, ...(secret === null ? {} : { secret }) },
    { ...as, organisation },
  )
  const actor = mintProvider({
    kind: 'provider',
    id: asId(id),
    provider: kind,
    environment: 'live',
    settings,
    organisation: { id: organisation, country, masking, isSuspended: false },
  })
  return { path, secret: secret ?? '', id, actor }
}

/** Runs a use case as an actor, the way a door would. */
export async function runAs<U extends UseCase>(
  useCase: U,
  actor: Actor,
  input: unknown,
  more: { idempotencyKey?: string; address?: string } = {},
) {
  const answer = await run(useCase, actor, input, {
    requestId: newId<'request'>(),
    address: more.address ?? '127.0.0.1',
    userAgent: 'test',
    ...(more.idempotencyKey ? { idempotencyKey: more.idempotencyKey } : {}),
  })
  return answer.value as U extends UseCase<infer _I, infer O> ? O['_output'] : never // the use case's own output schema made it
}

export { vaultOf as testVault }
