import { randomUUID } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { plant } from '../../lib/testing/plant.ts'
import { announceAccess, superuser } from '../support/database.ts'
import { randomNumber } from '../support/number-search.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { deliver } from '../support/provider-hook.ts'
import { app } from '../support/running-app.ts'
import { json, send } from '../support/send.ts'
import { startSession } from '../support/session.ts'
import { phone } from '../support/watched-page.ts'

let sql: postgres.Sql
let organisation: Organisation
test.use({ viewport: phone, hasTouch: true })
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

test('signed events move a call on the open screen, and taking the permission away closes it', async ({ page }) => {
  const caller = randomNumber()
  const beganAt = Date.now() - 60_000
  const call = {
    call_id: `call_${randomUUID().replaceAll('-', '')}`,
    call_type: 'phone_call',
    agent_id: 'agent_1',
    agent_name: 'Front desk',
    direction: 'inbound',
    from_number: caller.e164,
    to_number: '+2342017000100',
    start_timestamp: beganAt,
    metadata: {},
  }
  const cookie = await startSession(page, organisation.agent)
  const list = `/o/${organisation.slug}/calls`
  await page.goto(`${app.origin}${list}`)
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  await page.evaluate(() => document.body.setAttribute('data-same-document', ''))

  const started = await deliver(organisation, { event: 'call_started', call: { ...call, call_status: 'ongoing' } })
  expect([started.status, started.text]).toEqual([200, expect.stringContaining('"received":true')])
  const row = page.getByRole('row').filter({ hasText: caller.national.slice(-3) })
  await expect(row.getByText(words.calls.statuses.in_progress, { exact: true })).toBeVisible({ timeout: 5_000 })
  const ended = {
    ...call,
    call_status: 'ended',
    end_timestamp: beganAt + 50_000,
    duration_ms: 50_000,
    disconnection_reason: 'user_hangup',
  }
  expect((await deliver(organisation, { event: 'call_ended', call: ended })).status).toBe(200)
  await expect(row.getByText(words.calls.statuses.completed, { exact: true })).toBeVisible({ timeout: 5_000 })
  await expect(page.locator('body[data-same-document]')).toHaveCount(1)

  const { memberId } = organisation.agent
  await plant(
    sql,
    organisation.id,
    memberId,
    (tx) => tx`
    insert into member_toggle (org, member_id, permission, effect) values (${organisation.id}, ${memberId}, 'calls.view', 'deny')`,
  )
  await announceAccess(sql)
  await expect(page.getByText(words.states.notAllowed.title)).toBeVisible({ timeout: 5_000 })
  await expect(row).toHaveCount(0)
  await expect(page.locator('body[data-same-document]')).toHaveCount(1)

  for (const path of [`/api/app${list}`, `/api/app/o/${organisation.slug}/stream`]) {
    const refused = await send({ path, headers: { Cookie: cookie } })
    expect(refused.status).toBe(403)
    expect(json(refused)['code']).toBe('forbidden')
  }
  const reloaded = await page.reload()
  expect(reloaded?.status()).toBe(403)
  await expect(page.getByRole('heading', { name: words.states.notAllowed.title })).toBeVisible()
})
