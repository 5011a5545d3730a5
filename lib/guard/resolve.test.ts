import { describe, expect, test } from 'vitest'

import type { Effect, Membership } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import {
  adminOnly,
  areaPermissions,
  areas,
  machineOnly,
  operatorOnly,
  ownerOnly,
  type Permission,
  type Role,
} from '../kernel/permission.ts'
import { type Decision, may, resolve } from './resolve.ts'

const permissions: readonly Permission[] = [
  ...areaPermissions,
  ...adminOnly,
  ...ownerOnly,
  ...machineOnly,
  ...operatorOnly,
]
const roles: readonly Role[] = ['owner', 'admin', 'agent']
type Says = Effect | null
const answers: readonly Says[] = [null, 'allow', 'deny']
type Grants = Partial<Record<Permission, Effect>>

/** The table of permissions.md, word for word. */
const table: Record<Role, Record<string, 'manage' | 'view' | 'none'>> = {
  owner: {
    calls: 'manage',
    numbers: 'manage',
    knowledge: 'manage',
    config: 'manage',
    billing: 'manage',
    'test-calls': 'manage',
    beyond: 'manage',
  },
  admin: {
    calls: 'manage',
    numbers: 'manage',
    knowledge: 'manage',
    config: 'manage',
    billing: 'view',
    'test-calls': 'manage',
    beyond: 'manage',
  },
  agent: {
    calls: 'view',
    numbers: 'none',
    knowledge: 'view',
    config: 'none',
    billing: 'none',
    'test-calls': 'none',
    beyond: 'none',
  },
}

const memberId = newId<'member'>()
const member = (role: Role, more: Partial<Membership> = {}): Membership => ({
  id: memberId,
  role,
  isSuspended: false,
  toggles: {},
  groups: [],
  ...more,
})
const group = (name: string, grants: Grants): Membership['groups'][number] => ({ id: `id of ${name}`, name, grants })

function granting(view: Permission, manage: Permission, [onView, onManage]: readonly [Says, Says]): Grants {
  return { ...(onView ? { [view]: onView } : {}), ...(onManage ? { [manage]: onManage } : {}) }
}

/** What a role may, read off the table above and nowhere else. */
function tableSays(role: Role, permission: Permission): boolean {
  if ([...machineOnly, ...operatorOnly].some((one) => one === permission)) return false
  if (ownerOnly.some((one) => one === permission)) return role === 'owner'
  if (adminOnly.some((one) => one === permission)) return table[role]['beyond'] === 'manage'
  const [area = '', act] = permission.split('.')
  const most = table[role][area]
  return act === 'view' ? most !== 'none' : most === 'manage'
}

/**
 * The sentence, as anybody would write it down: "Your own setting wins; otherwise your groups (a No beats a Yes); otherwise your
 * role. Manage needs view. An owner may everything but what the guardrails stop. Agents never get what is for admins only.
 * What is for owners only nobody else gets. What machines and operators hold no member gets."
 */
function naively(who: Membership, permission: Permission, organisationSuspended: boolean): boolean {
  if (organisationSuspended) return false
  if (who.isSuspended) return false
  if (['calls.ingest', 'platform.manage', 'operators.view'].includes(permission)) return false
  const isForAdmins = ['team.manage', 'api-keys.manage', 'webhooks.manage', 'audit.view', 'exports.manage'].includes(
    permission,
  )
  if (isForAdmins && who.role === 'agent') return false
  if (permission === 'organisation.manage') return who.role === 'owner'
  if (who.role === 'owner') return true
  if (permission.endsWith('.manage') && !isForAdmins) {
    const view = areaPermissions.find((one) => one === `${permission.slice(0, -'.manage'.length)}.view`)
    if (view && !naively(who, view, organisationSuspended)) return false
  }
  if (who.toggles[permission] === 'allow') return true
  if (who.toggles[permission] === 'deny') return false
  if (who.groups.some((one) => one.grants[permission] === 'deny')) return false
  if (who.groups.some((one) => one.grants[permission] === 'allow')) return true
  return tableSays(who.role, permission)
}

/** The two permissions a toggle pair sets. Beyond the areas there is one door only. */
const doors: [view: Permission, manage: Permission, asked: Permission[]][] = [
  ...areas.map((area): [Permission, Permission, Permission[]] => [
    `${area}.view`,
    `${area}.manage`,
    [`${area}.view`, `${area}.manage`],
  ]),
  ...[...adminOnly, ...ownerOnly, ...machineOnly, ...operatorOnly].map(
    (one): [Permission, Permission, Permission[]] => ['calls.view', one, [one]],
  ),
]

describe('the one resolver', () => {
  test('agrees with the sentence over every small world', () => {
    const pairs = answers.flatMap((view) => answers.map((manage) => [view, manage] as const))
    const groupings = [[], ...pairs.map((one) => [one]), ...pairs.flatMap((one) => pairs.map((other) => [one, other]))]
    let worlds = 0
    const wrong: unknown[] = []
    for (const [view, manage, asked] of doors) {
      for (const role of roles) {
        for (const own of pairs) {
          for (const grouping of groupings) {
            for (const isSuspended of [false, true]) {
              const who = member(role, {
                isSuspended,
                toggles: granting(view, manage, own),
                groups: grouping.map((one, at) => group(`group ${at}`, granting(view, manage, one))),
              })
              for (const organisationSuspended of [false, true]) {
                for (const permission of asked) {
                  worlds += 1
                  const decided = may(who, permission, { organisationSuspended })
                  if (decided !== naively(who, permission, organisationSuspended))
                    wrong.push({ who, permission, organisationSuspended, decided })
                }
              }
            }
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([])
    expect(worlds).toBe(21 * 3 * 9 * 91 * 4)
  })

  test.each(roles)('gives a plain %s what the table says, permission by permission', (role) => {
    const given = Object.fromEntries(permissions.map((permission) => [permission, may(member(role), permission)]))
    expect(given).toEqual(
      Object.fromEntries(permissions.map((permission) => [permission, tableSays(role, permission)])),
    )
  })

  test('never mixes areas: what is set on one changes no other', () => {
    for (const role of roles) {
      for (const set of permissions) {
        for (const effect of ['allow', 'deny'] as const) {
          const who = member(role, { toggles: { [set]: effect }, groups: [group('g', { [set]: effect })] })
          for (const permission of permissions) {
            if (permission.split('.')[0] === set.split('.')[0]) continue
            expect(may(who, permission), `${role} ${set} ${effect} → ${permission}`).toBe(may(member(role), permission))
          }
        }
      }
    }
  })
})

const voice = ({ decision, layer, sourceId, sourceName, losers, guardrail }: Decision) => ({
  says: `${layer} ${sourceName}: ${decision}`,
  sourceId,
  guardrail,
  losers: losers.map((one) => `${one.layer} ${one.sourceName}: ${one.says}`),
})

describe('a decision names who decided and who was overruled, strongest first', () => {
  const night = group('Night shift', { 'billing.view': 'allow' })
  const trainees = group('Trainees', { 'billing.view': 'deny' })

  test('own setting over groups over role', () => {
    expect(
      voice(
        resolve(member('agent', { toggles: { 'billing.view': 'allow' }, groups: [night, trainees] }), 'billing.view'),
      ),
    ).toEqual({
      says: 'member Own setting: allow',
      sourceId: memberId,
      guardrail: undefined,
      losers: ['group Trainees: deny', 'group Night shift: allow', 'role agent: deny'],
    })
  })

  test.each([[[night, trainees]], [[trainees, night]]])(
    'a group’s No over a group’s Yes, in whichever order they come',
    (groups) => {
      expect(voice(resolve(member('admin', { groups }), 'billing.view'))).toEqual({
        says: 'group Trainees: deny',
        sourceId: trainees.id,
        guardrail: undefined,
        losers: ['group Night shift: allow', 'role admin: allow'],
      })
    },
  )

  test('the role where nobody else speaks', () => {
    expect(voice(resolve(member('admin'), 'billing.view'))).toEqual({
      says: 'role admin: allow',
      sourceId: null,
      guardrail: undefined,
      losers: [],
    })
  })

  test('an owner keeps everything, and sees which settings did not count', () => {
    const who = member('owner', { toggles: { 'billing.manage': 'deny' }, groups: [trainees] })
    expect(voice(resolve(who, 'billing.manage'))).toMatchObject({
      says: 'owner Owner: allow',
      losers: ['member Own setting: deny', 'role owner: allow'],
    })
    expect(voice(resolve(who, 'billing.view'))).toMatchObject({
      says: 'owner Owner: allow',
      losers: ['group Trainees: deny', 'role owner: allow'],
    })
  })

  test('manage without view is decided where view was, and the lost Yes is listed', () => {
    const who = member('admin', {
      toggles: { 'calls.manage': 'allow' },
      groups: [group('Trainees', { 'calls.view': 'deny' })],
    })
    const decided = resolve(who, 'calls.manage')
    expect(decided).toMatchObject({ decision: 'deny', layer: 'group', sourceName: 'Trainees', on: 'calls.view' })
    expect(decided.losers[0]).toEqual({
      layer: 'member',
      sourceId: memberId,
      sourceName: 'Own setting',
      on: 'calls.manage',
      says: 'allow',
    })
    expect(decided.losers.at(-1)).toMatchObject({ layer: 'role', says: 'allow' })
  })

  test('manage without view lists every voice that lost, on manage and on view', () => {
    const who = member('admin', {
      toggles: { 'calls.view': 'deny' },
      groups: [
        group('Night shift', { 'calls.view': 'allow', 'calls.manage': 'allow' }),
        group('Trainees', { 'calls.view': 'deny' }),
      ],
    })
    const decided = resolve(who, 'calls.manage')
    expect(decided).toMatchObject({ decision: 'deny', layer: 'member', sourceId: memberId, on: 'calls.view' })
    expect(decided.losers.map((one) => `${one.sourceName} on ${one.on}: ${one.says}`)).toEqual([
      'Night shift on calls.manage: allow',
      'admin on calls.manage: allow',
      'Trainees on calls.view: deny',
      'Night shift on calls.view: allow',
      'admin on calls.view: allow',
    ])
  })

  test.each([
    ['organisation_suspended', 'owner', false, true, 'calls.view'],
    ['organisation_suspended', 'owner', true, true, 'calls.view'],
    ['member_suspended', 'owner', true, false, 'calls.view'],
    ['machine_only', 'owner', false, false, 'calls.ingest'],
    ['machine_only', 'admin', false, false, 'platform.manage'],
    ['operator_only', 'owner', false, false, 'operators.view'],
    ['admin_only', 'agent', false, false, 'team.manage'],
    ['admin_only', 'agent', false, false, 'audit.view'],
  ] as const)(
    'the guardrail %s by its name, over every setting (%s, %s, %s, %s)',
    (guardrail, role, isSuspended, organisationSuspended, permission) => {
      const who = member(role, {
        isSuspended,
        toggles: { [permission]: 'allow' },
        groups: [group('g', { [permission]: 'allow' })],
      })
      expect(resolve(who, permission, { organisationSuspended })).toEqual({
        decision: 'deny',
        layer: 'guardrail',
        sourceId: null,
        sourceName: guardrail,
        on: permission,
        losers: [],
        guardrail,
      })
    },
  )
})
