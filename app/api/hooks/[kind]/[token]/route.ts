import { receiveProviderEvent } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const POST = route(receiveProviderEvent, {
  enter: 'hooks',
  input: ({ raw, body }) => ({ raw: raw.toString('utf8'), body }),
})
