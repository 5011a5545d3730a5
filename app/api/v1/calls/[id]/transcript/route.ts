import { readTranscript } from '#lib/features/calls/index'
import { route } from '#lib/transport/route'

export const GET = route(readTranscript, { enter: 'v1' })
