import { addEvent } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const POST = route(addEvent, {
  enter: 'v1',
  input: ({ params, body }) => ({ id: params['id'], event: body }),
  respond: ({ call, is_duplicate }) => ({ status: is_duplicate ? 200 : 201, body: call }),
})
