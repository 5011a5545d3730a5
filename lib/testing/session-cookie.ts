import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'

import { encode } from 'next-auth/jwt'

import { signIn } from '#lib/features/identity/index'

import { mintNobody } from '../guard/actors.ts'
import { settingFile } from '../platform/env.ts'
import { sessionCookie, sessionSecret } from '../transport/session-cookie.ts'
import { runAs, type TestMember } from './organisation.ts'

export interface TestSession {
  sessionId: string
  /** The whole Cookie header of this member's browser. */
  cookie: string
}

/** Signs a member in by the real command and seals the cookie as next-auth does, from an address of its own. */
export async function testSession({ email, password }: TestMember): Promise<TestSession> {
  const file = settingFile('NEXTAUTH_SECRET_FILE', 'nextauth-secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  const address = `10.${[...randomBytes(3)].join('.')}`
  const { session_id: sessionId } = await runAs(signIn, mintNobody(), { email, password }, { address })
  return {
    sessionId,
    cookie: `${sessionCookie}=${await encode({ token: { sid: sessionId }, secret: sessionSecret() })}`,
  }
}
