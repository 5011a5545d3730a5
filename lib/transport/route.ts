import 'server-only'

import type { z } from 'zod'

import { asAppError, recordRefusal } from '../guard/refusal.ts'
import { mintNobody } from '../guard/actors.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { type Actor, type Circumstance, platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { apiKeyActor, sameApiKey } from './api-key-door.ts'
import { circumstanceOf } from './circumstance.ts'
import { errorResponse } from './error-response.ts'
import { markDoor } from './door.ts'
import { ourOrigin } from './origin.ts'
import { personBehind } from './person.ts'
import { enterAsProvider } from './provider-door.ts'
import { jsonFrom, letGo, rawBody } from './request-body.ts'
import { cookieNamed, sessionCookie } from './session-cookie.ts'

export type Params = Record<string, string>
export type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

/** Who may come in: `v1` an API key, `app` our own browser code with a session, `hooks` a provider with its signature. */
export type Entrance = 'v1' | 'app' | 'hooks'

interface Shape<Value> {
  enter: Entrance
  /** Query, path and body as the use case wants them; by default all of them in one object, path last. */
  input?: (parts: { params: Params; query: Record<string, string>; body: unknown; raw: Buffer }) => unknown
  respond?: (value: Value, isReplay: boolean) => { status?: number; body: Record<string, unknown> }
}

/**
 * A whole API file: one use case behind one entrance, as a plain Request → Response function, so that the front server
 * can mount it without Next in between.
 */
export function route<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: UseCase<Input, Output>,
  shape: Shape<z.output<Output>>,
): Handler {
  return markDoor({ kind: 'route', useCase, entrance: shape.enter }, async (request, context) => {
    const circumstance = circumstanceOf(request.headers)
    let settle: Entered['settle']
    try {
      const params = await context.params
      const entered = await enter(shape.enter, request, params, circumstance)
      const { actor, raw, parse = (type: string | null) => jsonFrom(raw, type) } = entered
      settle = entered.settle
      const body = isReading(request) ? undefined : parse(request.headers.get('content-type'))
      refuseQuery(request, shape.enter)
      const query = queryOf(request)
      const given = shape.input
        ? shape.input({ params, query, body, raw })
        : oneObject(query, body, inputParams(params))
      const answer = await run(useCase, actor, given, withKey(request, shape.enter, circumstance))
      settle?.(null)
      settle = undefined
      const { status = 200, body: out } = shape.respond?.(answer.value, answer.isReplay) ?? {
        body: oneObject(answer.value),
      }
      return Response.json(
        { ...out, ...(answer.isReplay ? { idempotent_replay: true } : {}), request_id: circumstance.requestId },
        { status, headers: { 'cache-control': 'no-store', 'x-request-id': circumstance.requestId } },
      )
    } catch (failure) {
      const error = asAppError(failure, circumstance.requestId)
      settle?.(error)
      return errorResponse(error, circumstance.requestId)
    } finally {
      letGo(request)
    }
  })
}

/** What a provider may put there is a hash of its body, which its signature covers. */
const providersQuery = /^\?bodySHA256=[0-9a-f]{64}$/

/** A query belongs to a question: what changes something says it in its body, where no log keeps it. */
function refuseQuery(request: Request, entrance: Entrance): void {
  const { search } = new URL(request.url)
  if (isReading(request) || (entrance === 'hooks' && providersQuery.test(search))) return
  if (search !== '') {
    throw new AppError('invalid_input', 'Some fields need another look.', {
      fields: { query: 'must be empty: send fields in the body' },
    })
  }
}

interface Entered {
  actor: Actor
  raw: Buffer
  parse?: (contentType: string | null) => unknown
  settle?: (failure: AppError | null) => void
}

async function enter(
  entrance: Entrance,
  request: Request,
  params: Params,
  circumstance: Circumstance,
): Promise<Entered> {
  const read = () => (isReading(request) ? Promise.resolve(Buffer.alloc(0)) : rawBody(request))
  switch (entrance) {
    case 'v1': {
      // The key first: a stranger's body is not even read.
      const actor = await apiKeyActor(request, circumstance)
      const raw = await read()
      return { actor: isReading(request) ? actor : await sameApiKey(request, circumstance), raw }
    }
    case 'hooks':
      return enterAsProvider(request, { kind: params['kind'] ?? '', token: params['token'] ?? '' }, circumstance)
    case 'app': {
      if (!isReading(request) && !ourOrigin(request.headers)) {
        const error = new AppError('wrong_origin', 'This request did not come from our own pages.')
        await recordRefusal({
          organisation: platformOrganisation,
          actor: mintNobody(),
          circumstance,
          useCase: 'app.enter',
          error,
        })
        throw error
      }
      const actor = await personBehind(cookieNamed(request.headers.get('cookie'), sessionCookie), params['org'] ?? null)
      return { actor, raw: await read() }
    }
  }
}

function isReading(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

/** `org` chose the organisation and is no field of any input. */
function inputParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'org'))
}

/** @throws AppError invalid_input for a name given twice: whoever reads the first and whoever reads the last would disagree */
function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = bare()
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(query, name))
      throw new AppError('invalid_input', 'Some fields need another look.', {
        fields: { query: 'names a field twice' },
      })
    query[name] = value
  }
  return query
}

/** Inherits nothing, so that a field named `__proto__` is a field like any other and brings none of its own. */
function bare<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value> // empty
}

function oneObject(...parts: unknown[]): Record<string, unknown> {
  const objects = parts.filter((part) => part !== undefined)
  for (const part of objects) {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      throw new AppError('invalid_input', 'The body must be a JSON object.', { fields: { body: 'must be an object' } })
    }
  }
  return Object.assign(bare(), ...objects) as Record<string, unknown> // checked just above
}

function withKey(request: Request, entrance: Entrance, circumstance: Circumstance): Circumstance {
  const key = entrance === 'v1' ? request.headers.get('idempotency-key') : null
  if (key === null) return circumstance
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('invalid_input', 'Some fields need another look.', {
      fields: { 'idempotency-key': 'must be 1 to 255 visible ASCII characters' },
    })
  }
  return { ...circumstance, idempotencyKey: key }
}
