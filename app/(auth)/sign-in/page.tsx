import type { Metadata } from 'next'

import { AuthCard } from '#components/layout/auth-card'
import { SignInForm } from '#components/records/sign-in-form'
import { words } from '../../../components/words/words.ts'
import { isOwnPath } from '#lib/browser/send-sign-in'

export const metadata: Metadata = { title: words.signIn.title }

const LONGEST_WAIT_SECONDS = 86_400

type Search = Promise<Record<string, string | string[] | undefined>>

/** No data behind this page: what it shows comes from its own address. */
export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { refused, limited, callbackUrl } = await searchParams
  return (
    <AuthCard title={words.signIn.title} footer={words.signIn.help}>
      <SignInForm wasRefused={refused === '1'} limitedSeconds={secondsIn(limited)} hidden={destination(callbackUrl)} />
    </AuthCard>
  )
}

function secondsIn(value: string | string[] | undefined): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : 0
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : undefined
}

function destination(value: string | string[] | undefined): { name: string; value: string }[] {
  return typeof value === 'string' && isOwnPath(value) ? [{ name: 'callbackUrl', value }] : []
}
