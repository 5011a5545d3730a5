import { listCalls } from '#lib/features/calls/index'
import { ListedPage } from '#lib/features/calls/shapes'
import { route } from '#lib/transport/route'

export const GET = route(listCalls, { enter: 'app', respond: (page) => ({ body: ListedPage.parse(page) }) })
