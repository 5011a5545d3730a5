import { getCall } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const GET = route(getCall, { enter: 'v1' })
