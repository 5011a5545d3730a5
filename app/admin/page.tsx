import { AuthCard } from '#components/layout/auth-card'
import * as words from '../../components/words/words.ts'

import { OperatorSignInForm } from './_components/operator-sign-in-form.tsx'

export const metadata = { title: words.operators.title, robots: { index: false, follow: false } }

/** Reached by the middleware's rewrite alone. */
export default function OperatorSignIn() {
  return (
    <AuthCard title={words.operators.title} footer={words.operators.note}>
      <OperatorSignInForm />
    </AuthCard>
  )
}
