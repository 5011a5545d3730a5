import 'server-only'

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall } from '#lib/features/calls/index'
import { createOrganisation } from '#lib/features/organisations/index'
import { importNumbers } from '#lib/features/phone-numbers/index'
import { addProvider } from '#lib/features/providers/index'
import { addMember, listMembers } from '#lib/features/team/index'
import { foundOrganisation, runAsSystem, startProcess } from '#lib/transport/system'

import { asId, newId } from '../../lib/kernel/ids.ts'
import { type ProviderKind, providerKinds } from '../../lib/kernel/provider-kind.ts'
import { writeWhole } from '../../lib/platform/home/write-whole.ts'
import { hookSettings } from '../../lib/testing/provider-replayer/hook-settings.ts'
import { demoCalls, demoNumbers } from './demo-calls.ts'

const Plan = z.object({
  organisations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      country: z.string(),
      timeZone: z.string(),
      masking: z.boolean(),
      members: z.array(
        z.object({
          role: z.enum(['owner', 'admin', 'agent']),
          name: z.string(),
          email: z.string(),
          password: z.string(),
        }),
      ),
      keys: z.array(z.object({ environment: z.enum(['live', 'test']), key: z.string().nullable() })),
      /** One for each kind of provider; the missing ones are made. */
      hooks: z.array(z.object({ kind: z.enum(providerKinds), secret: z.string(), path: z.string() })).default([]),
      hasCalls: z.boolean(),
    }),
  ),
})
type Plan = z.output<typeof Plan>
type Hook = Plan['organisations'][number]['hooks'][number]

const password = (): string => randomBytes(9).toString('base64url')

/** A clinic in Lagos that masks its callers, and a law office in Johannesburg that does not. Tolu works for both. */
function newPlan(): Plan {
  const tolu = { name: 'Tolu Adebayo', email: 'tolu@adaora-clinic.example', password: password() }
  const keysAndHooks = () => ({
    keys: [
      { environment: 'live' as const, key: null },
      { environment: 'test' as const, key: null },
    ],
    hooks: [],
    hasCalls: false,
  })
  return {
    organisations: [
      {
        id: newId<'organisation'>(),
        name: 'Adaora Clinic',
        country: 'NG',
        timeZone: 'Africa/Lagos',
        masking: true,
        members: [
          { role: 'owner', name: 'Adaora Okafor', email: 'adaora@adaora-clinic.example', password: password() },
          { role: 'admin', ...tolu },
          { role: 'agent', name: 'Amaka Eze', email: 'amaka@adaora-clinic.example', password: password() },
        ],
        ...keysAndHooks(),
      },
      {
        id: newId<'organisation'>(),
        name: 'Maseko Dlamini Attorneys',
        country: 'ZA',
        timeZone: 'Africa/Johannesburg',
        masking: false,
        members: [
          { role: 'owner', name: 'Thandi Maseko', email: 'thandi@maseko-dlamini.example', password: password() },
          { role: 'admin', name: 'Pieter Dlamini', email: 'pieter@maseko-dlamini.example', password: password() },
          { role: 'agent', ...tolu },
        ],
        ...keysAndHooks(),
      },
    ],
  }
}

/**
 * Plants the cast, or what is missing of it. Passwords are in the plan's file before they are used, keys and addresses
 * right after they are made: a seed that was killed half-way goes on where it was.
 */
export async function seedDemoCast({ home }: { home: string }) {
  const file = join(home, 'demo-cast.json')
  const save = (plan: Plan): void => writeWhole(file, `${JSON.stringify(plan, null, 2)}\n`)
  const plan = existsSync(file) ? Plan.parse(JSON.parse(readFileSync(file, 'utf8'))) : newPlan()
  save(plan)
  await startProcess('orinode_web', 'seed')
  for (const organisation of plan.organisations) await plant(organisation, () => save(plan))
  return {
    logins: plan.organisations.flatMap(({ name, members }) =>
      members.map((one) => ({ organisation: name, role: one.role, email: one.email, password: one.password })),
    ),
    apiKeys: plan.organisations.flatMap(({ name, keys }) =>
      keys.map((one) => ({ organisation: name, environment: one.environment, key: one.key ?? '' })),
    ),
    hooks: plan.organisations.flatMap(({ name, hooks }) =>
      hooks.map(({ kind, path, secret }) => ({ organisation: name, provider: kind, url: path, secret })),
    ),
  }
}

async function plant(organisation: Plan['organisations'][number], save: () => void): Promise<void> {
  const where = { process: 'seed', organisation: asId<'organisation'>(organisation.id) }
  const { name, country, timeZone, masking, hooks } = organisation
  const keys = await foundOrganisation(where.organisation)
  if (keys)
    await runAsSystem(createOrganisation, { name, country, time_zone: timeZone, masking, plan: 'growth', keys }, where)
  const there = new Set((await runAsSystem(listMembers, {}, where)).data.map(({ email }) => email))
  for (const one of organisation.members) if (!there.has(one.email)) await runAsSystem(addMember, one, where)
  for (const one of organisation.keys) {
    if (one.key !== null) continue
    const made = {
      name: one.environment === 'live' ? 'Front desk system' : 'Trying things out',
      environment: one.environment,
      scopes: ['calls.ingest', 'calls.view'] as const,
    }
    one.key = (await runAsSystem(createKey, { ...made, scopes: [...made.scopes], lifetime_days: 365 }, where)).key
    save()
  }
  for (const kind of providerKinds) {
    if (hooks.some((one) => one.kind === kind)) continue
    hooks.push(await openHook(kind, where))
    save()
  }
  if (organisation.hasCalls) return
  await runAsSystem(importNumbers, { list: demoNumbers(country) }, where)
  for (const call of demoCalls(country, new Date())) await runAsSystem(ingestCall, call, where)
  organisation.hasCalls = true
  save()
}

const hookNames: Record<ProviderKind, string> = {
  retell: 'Reception',
  vapi: 'Night line',
  twilio: 'Main number',
  africastalking: 'Local numbers',
  generic: 'Own switchboard',
}

/** Set up as the replayer signs for it. */
async function openHook(kind: ProviderKind, where: Parameters<typeof runAsSystem>[2]): Promise<Hook> {
  const { settings, isSigned } = hookSettings[kind]
  const secret = isSigned ? `key_${randomBytes(16).toString('hex')}` : ''
  const name = hookNames[kind]
  const given = { kind, name, settings, ...(isSigned ? { secret } : {}) }
  return { kind, secret, path: (await runAsSystem(addProvider, given, where)).path }
}
