/** The six areas a member's toggles open, each with a view door and a manage door. */
export const areas = ['calls', 'numbers', 'knowledge', 'config', 'billing', 'test-calls'] as const
export type Area = (typeof areas)[number]

/** Beyond the six areas: only owners and admins, and no toggle or group can give them to an agent. */
export const adminOnly = ['team.manage', 'api-keys.manage', 'webhooks.manage', 'audit.view', 'exports.manage'] as const

/** What only an owner may: masking, retention, plan, handing the organisation over. */
export const ownerOnly = ['organisation.manage'] as const

/** Held by machines, never by a person: API keys by scope, provider endpoints by nature, our own processes for the platform. */
export const machineOnly = ['calls.ingest', 'platform.manage'] as const

/** Held by operators of the platform, who hold nothing else; by nobody in an organisation, its owner included. */
export const operatorOnly = ['operators.view'] as const

export type AreaPermission = `${Area}.${'view' | 'manage'}`
export type Permission =
  | AreaPermission
  | (typeof adminOnly)[number]
  | (typeof ownerOnly)[number]
  | (typeof machineOnly)[number]
  | (typeof operatorOnly)[number]

export type Role = 'owner' | 'admin' | 'agent'

export const areaPermissions: readonly AreaPermission[] = areas.flatMap((area): AreaPermission[] => [
  `${area}.view`,
  `${area}.manage`,
])

/** What each role may do before toggles and groups speak (design: permissions.md). Owners hold everything. */
const defaults: Record<Exclude<Role, 'owner'>, ReadonlySet<Permission>> = {
  admin: new Set<Permission>([
    'calls.view',
    'calls.manage',
    'numbers.view',
    'numbers.manage',
    'knowledge.view',
    'knowledge.manage',
    'config.view',
    'config.manage',
    'billing.view',
    'test-calls.view',
    'test-calls.manage',
    ...adminOnly,
  ]),
  agent: new Set<Permission>(['calls.view', 'knowledge.view']),
}

export function roleAllows(role: Role, permission: Permission): boolean {
  if (isMachineOnly(permission) || isOperatorOnly(permission)) return false
  return role === 'owner' || defaults[role].has(permission)
}

export function isAdminOnly(permission: Permission): boolean {
  return adminOnly.some((one) => one === permission)
}

export function isOwnerOnly(permission: Permission): boolean {
  return ownerOnly.some((one) => one === permission)
}

export function isMachineOnly(permission: Permission): boolean {
  return machineOnly.some((one) => one === permission)
}

export function isOperatorOnly(permission: Permission): boolean {
  return operatorOnly.some((one) => one === permission)
}
