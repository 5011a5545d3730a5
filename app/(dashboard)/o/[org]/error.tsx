'use client'

import { FailedScreen, type Failed } from '#components/layout/failed-screen'

/** One screen failed: the frame around it still leads elsewhere. */
export default function ScreenError(failed: Failed) {
  return <FailedScreen {...failed} />
}
