import { LinkButton } from '../ui/link-button.tsx'
import * as words from '../words/words.ts'
import { StateFrame } from './state-frame.tsx'

/** The session ended while the page was open. */
export function SignedOutState({ signInHref }: { signInHref: string }) {
  const { signedOut } = words.states
  return (
    <StateFrame
      icon="exit"
      title={signedOut.title}
      text={signedOut.text}
      action={
        <LinkButton href={signInHref} look="primary">
          {signedOut.signIn}
        </LinkButton>
      }
    />
  )
}
