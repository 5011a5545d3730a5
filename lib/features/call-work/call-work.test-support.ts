import { getCall, ingestCall } from '#lib/features/calls/index'

import type { superuserSql } from '../../testing/database.ts'
import { runAs, type TestOrganisation } from '../../testing/organisation.ts'
import { createTag } from './index.ts'

let count = 0

/** A word nobody used before, without digits: those would be refused in a label. */
export function newWord(): string {
  count += 1
  return `${process.pid}.${count}`.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')
}

export async function newCall(where: TestOrganisation): Promise<string> {
  const { call } = await runAs(ingestCall, where.keyActor, {
    external_id: `work-${newWord()}`,
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  })
  return call.id
}

export async function newTag(where: TestOrganisation): Promise<string> {
  return (await runAs(createTag, where.admin.actor, { name: `Tag ${newWord()}`, colour: 'leaf' })).id
}

export async function workOn(where: TestOrganisation, id: string) {
  const { tags, follow_up } = await runAs(getCall, where.agent.actor, { id })
  return { tags, follow_up }
}

/** How many entries say that this was done to this row. */
export async function entriesOf(sql: ReturnType<typeof superuserSql>, target: string, action: string): Promise<number> {
  const rows = await sql`select 1 from audit_entry where target = ${target} and action = ${action} and result = 'done'`
  return rows.length
}
