import type { Actor, PersonActor } from '../../kernel/actor.ts'
import type { superuserSql } from '../../testing/database.ts'
import { runAs } from '../../testing/organisation.ts'
import { listProviders } from './index.ts'

type Sql = ReturnType<typeof superuserSql>

export const secret = 'a secret of eight or more'

export const listed = async (actor: Actor, id: string) =>
  (await runAs(listProviders, actor, {})).data.find((one) => one.id === id)

export const rowOf = async (sql: Sql, id: string) => (await sql`select * from provider where id = ${id}`)[0]

/** What the log says of a provider, oldest first. */
export const entriesOf = async (sql: Sql, org: string, id: string) =>
  (
    await sql<{ action: string; body: Uint8Array }[]>`
      select action, body from audit_entry where org = ${org} and target = ${id} order by recorded_at`
  ).map(({ action, body }) => ({ action, text: Buffer.from(body).toString() }))

/** With the enterprise plan, so that a test of something else does not run into the first one’s size. */
export const roomy = (actor: PersonActor): PersonActor => ({
  ...actor,
  organisation: actor.organisation && { ...actor.organisation, plan: 'enterprise' },
})
