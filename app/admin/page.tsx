import { SignInForm } from './_components/sign-in-form.tsx'

export const metadata = { title: 'Operator sign-in', robots: { index: false, follow: false } }

export default function OperatorSignIn() {
  return (
    <main>
      <h1>Operator sign-in</h1>
      <SignInForm />
    </main>
  )
}
