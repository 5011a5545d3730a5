import { StateFrame } from '#components/layout/state-frame'
import { LinkButton } from '#components/ui/link-button'
import { words } from '../components/words/words.ts'

export default function NotFound() {
  const { notFound } = words.states
  return (
    <main>
      <StateFrame
        isPage
        icon="search"
        title={notFound.title}
        text={notFound.text}
        action={<LinkButton href="/">{notFound.home}</LinkButton>}
      />
    </main>
  )
}
