import { lookUpCaller } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const POST = route(lookUpCaller, { enter: 'v1' })
