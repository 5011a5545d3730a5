import { LinkButton } from '../ui/link-button.tsx'
import * as words from '../words/words.ts'
import { StateFrame } from './state-frame.tsx'

interface NotAllowedStateProps {
  /** Names of people who can open this. */
  helpers?: readonly string[]
  backHref?: string
  isPage?: boolean
}

/** Not for this person, and who can help. */
export function NotAllowedState({ helpers = [], backHref, isPage = false }: NotAllowedStateProps) {
  const { notAllowed } = words.states
  const names = new Intl.ListFormat(words.locale, { type: 'disjunction' }).format(helpers)
  return (
    <StateFrame
      icon="eye-off"
      isPage={isPage}
      title={notAllowed.title}
      text={`${notAllowed.text} ${helpers.length > 0 ? notAllowed.helpers(names) : notAllowed.someone}`}
      action={backHref !== undefined && <LinkButton href={backHref}>{notAllowed.back}</LinkButton>}
    />
  )
}
