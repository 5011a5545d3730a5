import { type NextRequest, NextResponse } from 'next/server.js'

import { adminDecision, FRONT_MARKER, markConsole } from './lib/front/admin-path.ts'
import { newNonce, pagePolicy } from './lib/front/content-policy.ts'

/** Published to the browser in a client manifest: never name the admin path here. */
export const config = { runtime: 'nodejs', matcher: ['/((?!_next/|api/).*)'] }

const POLICY = 'content-security-policy'
/** Of our own making: the front takes this name off whatever comes from outside. */
const ASKED_FOR = 'x-orinode-path'

/** Gives each page its nonce and shows the console under its secret path. Decides nothing about permission. */
export function middleware(request: NextRequest): NextResponse {
  const decision = adminDecision(request.nextUrl.pathname, request.headers.get(FRONT_MARKER))
  if (decision.go === 'refuse') return new NextResponse(null, { status: 404 })

  const policy = pagePolicy(newNonce())
  const headers = new Headers(request.headers)
  // Next reads the nonce for its own scripts from the request, so whatever a client sent is replaced.
  headers.set(POLICY, policy)
  const response = decision.go === 'rewrite' ? show(request, decision.to, headers) : pass(request, headers)
  response.headers.set(POLICY, policy)
  return response
}

/** A page does not know its own address, and has to when it sends somebody to sign in first. The console's is told to nobody. */
function pass(request: NextRequest, headers: Headers): NextResponse {
  headers.set(ASKED_FOR, request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.next({ request: { headers } })
}

function show(request: NextRequest, pathname: string, headers: Headers): NextResponse {
  markConsole(headers)
  const url = request.nextUrl.clone()
  url.pathname = pathname
  return NextResponse.rewrite(url, { request: { headers } })
}
