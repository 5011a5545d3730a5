import { ingestCall, listCalls } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const GET = route(listCalls, { enter: 'v1' })

export const POST = route(ingestCall, {
  enter: 'v1',
  respond: ({ call, is_new }) => ({ status: is_new ? 201 : 200, body: call }),
})
