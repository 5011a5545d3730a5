import { expect, type Page } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import type { Member } from './organisation.ts'
import { app } from './running-app.ts'
import { type Answer, freshAddress, send } from './send.ts'

export const ourPages = { Origin: app.origin, 'Sec-Fetch-Site': 'same-origin' }

type Credentials = Pick<Member, 'email' | 'password'>

/** The sign-in form as a browser without JavaScript posts it. */
export function postSignIn(
  { email, password }: Credentials,
  { from = freshAddress(), headers = {}, more = {} } = {},
): Promise<Answer> {
  return send({
    method: 'POST',
    path: '/api/auth/callback/credentials',
    from,
    headers: { ...ourPages, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ email, password, ...more }).toString(),
  })
}

/** A live session, as the Cookie header that carries it. */
export async function sessionOf(member: Credentials): Promise<string> {
  const answer = await postSignIn(member)
  const [cookie = ''] = answer.cookies.map((line) => line.split(';')[0] ?? '')
  if (answer.status !== 303 || cookie === '') throw new Error(`signing in was answered ${answer.status}`)
  return cookie
}

/** Through the real form, as a person does it. */
export async function signInThroughForm(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto(`${app.origin}/sign-in`)
  await page.getByLabel(words.signIn.email).fill(email)
  await page.getByLabel(words.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
  await expect(page).not.toHaveURL(/\/sign-in/)
}

/** The same session without the form, for what comes after it. */
export async function startSession(page: Page, member: Credentials): Promise<string> {
  const cookie = await sessionOf(member)
  const at = cookie.indexOf('=')
  await page.context().addCookies([
    {
      name: cookie.slice(0, at),
      value: cookie.slice(at + 1),
      domain: app.hostname,
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
  ])
  return cookie
}
