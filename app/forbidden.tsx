import { NotAllowedState } from '#components/layout/not-allowed-state'

export default function Forbidden() {
  return (
    <main>
      <NotAllowedState isPage backHref="/" />
    </main>
  )
}
