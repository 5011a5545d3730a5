import { describe, expect, test } from 'vitest'

import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import {
  adminOnly,
  areaPermissions,
  machineOnly,
  operatorOnly,
  ownerOnly,
  type Permission,
  type Role,
} from '../kernel/permission.ts'
import { mintApiKey, mintNobody, mintOperator, mintPerson, mintProvider, mintSystem } from './actors.ts'
import { holds, maySeeDigits, refusalOf } from './allowed.ts'

const ofOrganisations: readonly Permission[] = [...areaPermissions, ...adminOnly, ...ownerOnly, ...machineOnly]

const operator = mintOperator({ kind: 'operator', id: newId<'operator'>(), organisation: null })

const organisation = {
  id: newId<'organisation'>(),
  slug: 'abc',
  name: 'A',
  country: 'NG',
  timeZone: 'UTC',
  currency: 'NGN',
  plan: 'starter',
  masking: false,
  isSuspended: false,
} as const
const machine = { organisation, environment: 'live' } as const
const grants = Object.fromEntries(operatorOnly.map((one) => [one, 'allow' as const]))
const person = (role: Role): Actor =>
  mintPerson({
    kind: 'person',
    id: newId<'person'>(),
    name: 'A',
    email: 'a@example.test',
    sessionHash: new Uint8Array(32),
    organisation,
    membership: {
      id: newId<'member'>(),
      role,
      isSuspended: false,
      toggles: grants,
      groups: [{ id: newId(), name: 'Console', grants }],
    },
  })
const everybodyElse: [who: string, actor: Actor][] = [
  ['an owner', person('owner')],
  ['an admin', person('admin')],
  ['an agent', person('agent')],
  [
    'an API key, even one of that scope',
    mintApiKey({ kind: 'api_key', id: newId<'api-key'>(), scopes: operatorOnly, ...machine }),
  ],
  [
    'a provider',
    mintProvider({ kind: 'provider', id: newId<'provider'>(), provider: 'retell', settings: {}, ...machine }),
  ],
  ['one of our own processes', mintSystem({ kind: 'system', id: null, process: 'worker', organisation })],
]

describe('an operator', () => {
  test('holds every operator permission and none of an organisation', () => {
    expect(operatorOnly.filter((permission) => !holds(operator, permission))).toEqual([])
    expect(ofOrganisations.filter((permission) => holds(operator, permission))).toEqual([])
  })

  test('is not a person who acts on what is their own', () => {
    expect(refusalOf('self', operator)).toMatchObject({ code: 'forbidden' })
  })

  test('never sees digits', () => {
    expect(maySeeDigits(operator)).toBe(false)
  })

  test.each(operatorOnly)('may do what %s opens', (permission) => {
    expect(refusalOf(permission, operator)).toBeNull()
  })
})

describe.each(operatorOnly)('what %s opens', (permission) => {
  test.each(everybodyElse)('is refused to %s', (_, actor) => {
    expect(refusalOf(permission, actor)).toMatchObject({ code: 'forbidden' })
  })

  test('asks a stranger to sign in', () => {
    expect(refusalOf(permission, mintNobody())).toMatchObject({ code: 'auth_required' })
  })
})
