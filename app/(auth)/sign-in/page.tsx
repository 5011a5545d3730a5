import type { Metadata } from 'next'
import { redirect } from 'next/navigation.js'

import { AuthCard } from '#components/layout/auth-card'
import { SignInForm } from '#components/records/sign-in-form'
import { NavLink } from '#components/ui/nav-link'
import { HOME_PATH, returnPath } from '#lib/kernel/return-path'
import { isSignedIn } from '#lib/transport/ask'

import * as words from '../../../components/words/words.ts'

export const metadata: Metadata = { title: words.signIn.title }

const LONGEST_WAIT_SECONDS = 86_400

type Search = Promise<Record<string, string | string[] | undefined>>

/** No data behind this page: what it shows comes from its own address. Who is signed in has no business here. */
export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { refused, failed, limited, next } = await searchParams
  const to = returnPath(next)
  if (await isSignedIn()) redirect(to ?? HOME_PATH)
  return (
    <AuthCard
      title={words.signIn.title}
      footer={
        <>
          <p>
            {words.signIn.noAccount} <NavLink href="/sign-up">{words.signIn.signUp}</NavLink>
          </p>
          <p>{words.signIn.help}</p>
        </>
      }
    >
      <SignInForm
        cameBack={refused === '1' ? 'refused' : failed === '1' ? 'failed' : undefined}
        limitedSeconds={secondsIn(limited)}
        hidden={to === null ? [] : [{ name: 'next', value: to }]}
      />
    </AuthCard>
  )
}

function secondsIn(value: string | string[] | undefined): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : 0
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : undefined
}
