import { NotAllowedState } from '#components/layout/not-allowed-state'

/** Inside the frame, so that the rooms one may enter are at hand. */
export default function ScreenForbidden() {
  return <NotAllowedState isPage backHref="/o" />
}
