import 'server-only'

import { findKey, wasIssued } from '#lib/features/api-keys/index'

import { mintApiKey, mintNobody } from '../guard/actors.ts'
import { recordRefusal } from '../guard/refusal.ts'
import { type ApiKeyActor, type Circumstance, platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { addressKey, isSpent, take } from '../platform/limiter.ts'

const wrongKeysPerMinute = 30
const keyAnywhere = /ori_(live|test)_[0-9A-Za-z]{4,}/
const wholeKey = /ori_(live|test)_[0-9A-Za-z]{49}/
const keyNames = /^(x[-_])?api[-_]?key$/i

/**
 * The actor behind `X-API-Key`, and nothing else: no cookie, no query.
 * @throws AppError key_in_query, auth_required, invalid_key, rate_limited
 */
export async function apiKeyActor(request: Request, circumstance: Circumstance): Promise<ApiKeyActor> {
  await refuseKeyInQuery(request, circumstance)
  const given = request.headers.get('x-api-key')
  if (given === null) throw new AppError('auth_required', 'Send your API key in the X-API-Key header.')
  if (given.includes(','))
    throw new AppError('invalid_input', 'Send one X-API-Key header.', { fields: { 'x-api-key': 'must be sent once' } })
  return actorOf(given, mayLookUp(circumstance), circumstance)
}

/**
 * Once the body is in: the key this request came with, as it is by then. From memory, unless something changed meanwhile; and a key
 * that was found a moment ago is no guess.
 * @throws AppError invalid_key, rate_limited
 */
export async function sameApiKey(request: Request, circumstance: Circumstance): Promise<ApiKeyActor> {
  return actorOf(request.headers.get('x-api-key') ?? '', true, circumstance)
}

async function actorOf(given: string, mayAsk: boolean, circumstance: Circumstance): Promise<ApiKeyActor> {
  const found = await findKey(given, mayAsk)
  if (found) return mintApiKey({ kind: 'api_key', ...found })
  // Counted apart: a forgotten machine with a withdrawn key must not shut out the valid ones behind the same address.
  const counted = wasIssued(given) ? withdrawnKeys(circumstance) : wrongKeys(circumstance)
  const wrong = take(counted, wrongKeysPerMinute, 60)
  if (!wrong.isAllowed) {
    throw new AppError('rate_limited', 'Too many wrong keys. Wait a little, then try again.', {
      retryAfterSeconds: wrong.retryAfterSeconds,
    })
  }
  const error = new AppError('invalid_key', 'This API key is not valid.')
  await recordRefusal({
    organisation: platformOrganisation,
    actor: mintNobody(),
    circumstance,
    useCase: 'api-keys.authenticate',
    error,
  })
  throw error
}

const withdrawnKeys = ({ address }: Circumstance): string => `withdrawn-key|${addressKey(address)}`
const wrongKeys = ({ address }: Circumstance): string => `wrong-key|${addressKey(address)}`

/** An address that has used up its wrong keys is answered from memory alone. */
function mayLookUp(circumstance: Circumstance): boolean {
  return !isSpent(wrongKeys(circumstance), wrongKeysPerMinute)
}

/** A key in a URL is in somebody's log by now: refused, and written down where its owner sees it. */
async function refuseKeyInQuery(request: Request, circumstance: Circumstance): Promise<void> {
  const { searchParams } = new URL(request.url)
  const isThere = [...searchParams].some(
    ([name, value]) => keyNames.test(name) || keyAnywhere.test(value) || keyAnywhere.test(name),
  )
  if (!isThere) return
  const error = new AppError(
    'key_in_query',
    'Never put an API key in a URL: it ends up in logs. Treat this one as leaked and make a new one.',
  )
  // One look-up at the most: a URL can hold hundreds of well-formed keys.
  const [leaked] = [...searchParams].flat().flatMap((part) => wholeKey.exec(part)?.[0] ?? [])
  const key = leaked === undefined ? null : await findKey(leaked, mayLookUp(circumstance))
  if (key) {
    await recordRefusal({
      organisation: key.organisation.id,
      actor: mintApiKey({ kind: 'api_key', ...key }),
      circumstance,
      useCase: 'api-keys.authenticate',
      error,
      facts: { exposed_key: key.id },
    })
  } else take(wrongKeys(circumstance), wrongKeysPerMinute, 60)
  throw error
}
