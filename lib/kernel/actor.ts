import type { Id, MemberId, OrganisationId, PersonId } from './ids.ts'
import type { Permission, Role } from './permission.ts'
import type { Plan } from './plan.ts'
import type { ProviderKind } from './provider-kind.ts'

declare const minted: unique symbol

/** Only a door can make one (guard/actors.ts): the brand cannot be written by hand. */
interface Minted {
  readonly [minted]: true
}

export type Environment = 'live' | 'test'
export type Effect = 'allow' | 'deny'

/** The organisation an actor acts in, as far as deciding needs it. */
export interface ActingOrganisation {
  readonly id: OrganisationId
  readonly slug: string
  readonly name: string
  /** ISO 3166-1 alpha-2: how a national number is read. */
  readonly country: string
  readonly timeZone: string
  readonly currency: string
  readonly plan: Plan
  readonly masking: boolean
  readonly isSuspended: boolean
}

/** What the resolver knows of a member: the whole input of every decision about a person. */
export interface Membership {
  readonly id: MemberId
  readonly role: Role
  readonly isSuspended: boolean
  readonly toggles: Readonly<Partial<Record<Permission, Effect>>>
  readonly groups: readonly { id: string; name: string; grants: Readonly<Partial<Record<Permission, Effect>>> }[]
}

export interface PersonActor extends Minted {
  readonly kind: 'person'
  readonly id: PersonId
  readonly name: string
  readonly email: string
  /** SHA-256 of the cookie's session id. */
  readonly sessionHash: Uint8Array
  readonly organisation: ActingOrganisation | null
  readonly membership: Membership | null
}

interface MachineActor extends Minted {
  readonly id: string
  readonly organisation: Pick<ActingOrganisation, 'id' | 'country' | 'masking' | 'isSuspended'>
  readonly environment: Environment
}

export interface ApiKeyActor extends MachineActor {
  readonly kind: 'api_key'
  readonly id: Id<'api-key'>
  readonly scopes: readonly Permission[]
}

export interface ProviderActor extends MachineActor {
  readonly kind: 'provider'
  readonly id: Id<'provider'>
  readonly provider: ProviderKind
  /** How its hook is set up: what its adapter reads by. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** Whoever runs the platform: from outside every organisation, and a member of none. */
export interface OperatorActor extends Minted {
  readonly kind: 'operator'
  readonly id: Id<'operator'>
  readonly organisation: null
}

/** One of our own processes, acting in one organisation. */
export interface SystemActor extends Minted {
  readonly kind: 'system'
  readonly id: null
  readonly process: string
  readonly organisation: Pick<ActingOrganisation, 'id' | 'country' | 'masking' | 'isSuspended'>
}

/** A stranger: what 'anyone' doors see before somebody has said who they are. */
export interface NobodyActor extends Minted {
  readonly kind: 'nobody'
  readonly id: null
  readonly organisation: null
}

export type Actor = PersonActor | ApiKeyActor | ProviderActor | OperatorActor | SystemActor | NobodyActor

/** How a request reached us. The address comes from the front server, never from the client's headers. */
export interface Circumstance {
  readonly requestId: string
  readonly address: string
  readonly userAgent: string
  readonly idempotencyKey?: string
}

/** Where entries go that belong to no organisation, such as a sign-in by somebody unknown. */
export const platformOrganisation = '00000000-0000-7000-8000-000000000000' as OrganisationId
