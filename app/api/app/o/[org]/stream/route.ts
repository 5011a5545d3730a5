import { listCalls } from '#lib/features/calls/index'
import { stream } from '#lib/transport/stream'

export const GET = stream(listCalls)
