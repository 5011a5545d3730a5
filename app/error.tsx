'use client'

import { FailedScreen, type Failed } from '#components/layout/failed-screen'

export default function ErrorPage(failed: Failed) {
  return (
    <main>
      <FailedScreen {...failed} />
    </main>
  )
}
