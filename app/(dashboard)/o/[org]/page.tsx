import { redirect } from 'next/navigation.js'

import { showFrame } from '#lib/features/identity/index'
import { ask } from '#lib/transport/ask'

/** The first room this member may enter. */
export default async function Organisation({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { rooms } = await ask(showFrame, {}, { org })
  redirect(`/o/${org}/${rooms[0] ?? 'calls'}`)
}
