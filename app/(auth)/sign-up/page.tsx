import { AuthCard } from '#components/layout/auth-card'

import * as words from '../../../components/words/words.ts'
import { SignUpForm } from './_components/sign-up-form.tsx'

export const metadata = { title: words.signUp.title }

/** No data behind this page. */
export default function SignUpPage() {
  return (
    <AuthCard title={words.signUp.title} footer={words.signUp.lead}>
      <SignUpForm />
    </AuthCard>
  )
}
