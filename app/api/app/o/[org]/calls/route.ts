import { listCalls } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const GET = route(listCalls, { enter: 'app' })
