import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone } from '../support/watched-page.ts'

const { team } = words
let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

test('a key pressed on a role asks first: nobody becomes anything by it alone', async ({ page }) => {
  const changes = async () => (await auditOf(sql, organisation.id)).filter(({ action }) => action === 'member.role-set')
  await page.setViewportSize(phone)
  await startSession(page, organisation.owner)
  await page.goto(`${app.origin}/o/${organisation.slug}/team`)
  const role = page.getByRole('row').filter({ hasText: organisation.agent.email }).getByRole('combobox')
  const dialog = page.getByRole('dialog')

  await role.focus()
  await page.keyboard.press('o')
  await expect(dialog.getByText(team.roleText(team.roles.agent, team.roles.owner))).toBeVisible()
  await expect(dialog.getByText(team.roleOwner)).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.keyboard.press('Enter')
  await expect(dialog, 'what has the focus is the way out').toHaveCount(0)
  await expect(role).toHaveValue('agent')
  await expect(role).toBeFocused()
  expect(await changes()).toEqual([])

  await role.selectOption('admin')
  await dialog.getByRole('button', { name: team.roleChange(team.roles.admin) }).click()
  await expect(dialog).toHaveCount(0)
  await expect(role).toHaveValue('admin')
  expect(await changes()).toMatchObject([{ target: organisation.agent.memberId, result: 'done' }])
})
