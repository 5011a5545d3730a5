import type { Effect, Membership } from '../kernel/actor.ts'
import { type Plan, type PlanLimited, planHasRoom } from '../kernel/plan.ts'
import {
  type Permission,
  isAdminOnly,
  isMachineOnly,
  isOperatorOnly,
  isOwnerOnly,
  roleAllows,
} from '../kernel/permission.ts'

/** One voice in a decision: whose it was, what it said, and of which permission: manage is also decided where view is. */
export interface Source {
  layer: 'guardrail' | 'owner' | 'member' | 'group' | 'role' | 'none'
  sourceId: string | null
  sourceName: string
  on: Permission
  says: Effect
}

export interface Decision {
  decision: Effect
  layer: Source['layer']
  sourceId: string | null
  sourceName: string
  /** The permission it was decided on: the one asked for, or its view. */
  on: Permission
  /** Voices that were heard and lost, strongest first; on what was asked before on its view. */
  losers: Source[]
  guardrail?: Guardrail
}

export type Guardrail =
  | 'organisation_suspended'
  | 'member_suspended'
  | 'machine_only'
  | 'operator_only'
  | 'admin_only'
  | 'owner_only'
  | 'plan_limit'

/** What is being decided about; guardrails look at it. */
export interface Resource {
  organisationSuspended?: boolean
  /** One more of what the plan counts, and how many there are. */
  oneMore?: { plan: Plan; what: PlanLimited; already: number }
}

/**
 * The only place that decides what a member may do: "Your own setting wins; otherwise your groups (a No beats a
 * Yes); otherwise your role." Manage needs view. Pure, so that enforcement, lists, screens and the explanation
 * cannot disagree.
 */
export function resolve(member: Membership, permission: Permission, resource: Resource = {}): Decision {
  const guardrail = guardrailFor(member, permission, resource)
  if (guardrail) {
    return {
      decision: 'deny',
      layer: 'guardrail',
      sourceId: null,
      sourceName: guardrail,
      on: permission,
      losers: [],
      guardrail,
    }
  }
  if (member.role === 'owner') {
    return {
      decision: 'allow',
      layer: 'owner',
      sourceId: member.id,
      sourceName: 'Owner',
      on: permission,
      losers: voicesFor(member, permission),
    }
  }
  const own = decideByVoices(member, permission)
  const view = viewOf(permission)
  if (own.decision === 'allow' && view) {
    const seen = resolve(member, view, resource)
    if (seen.decision === 'deny') return { ...seen, losers: [asSource(own), ...own.losers, ...seen.losers] }
  }
  return own
}

export function may(member: Membership, permission: Permission, resource: Resource = {}): boolean {
  return resolve(member, permission, resource).decision === 'allow'
}

function guardrailFor(member: Membership, permission: Permission, resource: Resource): Guardrail | null {
  if (resource.organisationSuspended) return 'organisation_suspended'
  if (member.isSuspended) return 'member_suspended'
  if (isMachineOnly(permission)) return 'machine_only'
  if (isOperatorOnly(permission)) return 'operator_only'
  if (isAdminOnly(permission) && member.role === 'agent') return 'admin_only'
  if (isOwnerOnly(permission) && member.role !== 'owner') return 'owner_only'
  if (resource.oneMore && !planHasRoom(resource.oneMore.plan, resource.oneMore.what, resource.oneMore.already))
    return 'plan_limit'
  return null
}

function decideByVoices(member: Membership, permission: Permission): Decision {
  const [winner, ...losers] = voicesFor(member, permission)
  if (!winner)
    return {
      decision: 'deny',
      layer: 'none',
      sourceId: null,
      sourceName: 'Nothing allows it',
      on: permission,
      losers: [],
    }
  return {
    decision: winner.says,
    layer: winner.layer,
    sourceId: winner.sourceId,
    sourceName: winner.sourceName,
    on: permission,
    losers,
  }
}

/** Every voice on this permission, strongest first: own toggle, groups that deny, groups that allow, role. */
function voicesFor(member: Membership, permission: Permission): Source[] {
  const own = member.toggles[permission]
  const groups = (says: Effect): Source[] =>
    member.groups
      .filter((group) => group.grants[permission] === says)
      .map((group) => ({ layer: 'group', sourceId: group.id, sourceName: group.name, on: permission, says }))
  return [
    ...(own
      ? [
          {
            layer: 'member',
            sourceId: member.id,
            sourceName: 'Own setting',
            on: permission,
            says: own,
          } satisfies Source,
        ]
      : []),
    ...groups('deny'),
    ...groups('allow'),
    {
      layer: 'role',
      sourceId: null,
      sourceName: member.role,
      on: permission,
      says: roleAllows(member.role, permission) ? 'allow' : 'deny',
    },
  ]
}

function viewOf(permission: Permission): Permission | null {
  if (!permission.endsWith('.manage') || isAdminOnly(permission) || isOwnerOnly(permission)) return null
  return permission.replace(/\.manage$/, '.view') as Permission // every area has both
}

function asSource(one: Decision): Source {
  return { layer: one.layer, sourceId: one.sourceId, sourceName: one.sourceName, on: one.on, says: one.decision }
}
