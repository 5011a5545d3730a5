import 'server-only'

import type { z } from 'zod'

import type { Actor, Circumstance } from '../kernel/actor.ts'
import { platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { redactDigits } from '../kernel/redaction.ts'
import { asOrganisation, readAsOrganisation, type Tx } from '../platform/db/transaction.ts'
import { notify } from '../platform/db/notify.ts'
import { enqueue } from '../platform/jobs/enqueue.ts'
import type { Vault } from '../vault/open-vault.ts'
import { refusalOf, maySeeDigits } from './allowed.ts'
import { forgetKeysEverywhere } from './live-hub.ts'
import { keepAnswerStatement, keptAnswer, type Repeatable } from './idempotency.ts'
import { parseInput, storable } from './input.ts'
import { takePlace } from './limits.ts'
import { holdMasking, MaskingSwitched } from './masking-lock.ts'
import { readingOf } from './one-reading.ts'
import { writeEvents } from './outbox.ts'
import { asAppError, recordRefusal } from './refusal.ts'
import { writeEntry } from './trail.ts'
import { auditActionOf, type Command, type Context, type Done, type Query, type UseCase } from './use-case.ts'
import { vaultOf } from './vault-of.ts'

/** What a use case answered, and whether it was the kept answer of an earlier, equal request. */
export interface Answer<Value> {
  value: Value
  isReplay: boolean
}

/**
 * The way of every request: limit → permission → shape → transaction as the organisation → change → entry and
 * outbox in the same transaction → commit → output schema. Anything else is a refusal, recorded after rollback.
 * @throws AppError, and nothing else
 */
export async function run<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: UseCase<Input, Output>,
  actor: Actor,
  given: unknown,
  circumstance: Circumstance,
): Promise<Answer<z.output<Output>>> {
  const organisation: OrganisationId = actor.organisation?.id ?? platformOrganisation
  try {
    const place = takePlace(useCase.limit, useCase.name, actor, circumstance)
    if (!place.isAllowed) {
      throw new AppError('rate_limited', 'Too many tries. Wait a little, then try again.', {
        retryAfterSeconds: place.retryAfterSeconds,
      })
    }
    const refusal = refusalOf(useCase.allow, actor)
    if (refusal) throw refusal
    // What a provider sends is large, and its adapter takes out of it what is stored.
    const input = parseInput(useCase.input, actor.kind === 'provider' ? given : storable(given))
    const vault = await vaultOf(organisation)
    const context = contextOf(input, actor, circumstance, organisation, vault)
    const answer = useCase.kind === 'command' ? await runOnceMore(useCase, context) : await runQuery(useCase, context)
    if (useCase.limit.refundsSuccess) place.refund()
    return answer
  } catch (failure) {
    const error = asAppError(failure, circumstance.requestId)
    await recordRefusal({ organisation, actor, circumstance, useCase: useCase.name, error })
    throw error
  }
}

function contextOf<Input>(
  input: Input,
  actor: Actor,
  circumstance: Circumstance,
  organisation: OrganisationId,
  vault: Vault,
): Context<Input> {
  const seesDigits = maySeeDigits(actor)
  return {
    input,
    actor,
    circumstance,
    organisation,
    vault,
    now: new Date(),
    maySeeDigits: seesDigits,
    readable: (text) => (seesDigits ? text : redactDigits(text).text),
  }
}

/** Where masking is switched under it, a command starts anew as things are now: what was sent is not lost for it. Once. */
async function runOnceMore<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Command<Input, Output>,
  given: Context<z.output<Input>>,
): Promise<Answer<z.output<Output>>> {
  try {
    return await runCommand(useCase, given)
  } catch (failure) {
    const { actor, input, circumstance, organisation } = given
    if (!(failure instanceof MaskingSwitched)) throw failure
    const vault = await vaultOf(organisation)
    const now = withMasking(actor, failure.masking)
    return await runCommand(useCase, contextOf(input, now, circumstance, organisation, vault))
  }
}

/** The same actor, minted long since, and what is true of their organisation by now. */
function withMasking(actor: Actor, masking: boolean): Actor {
  return { ...actor, organisation: actor.organisation && { ...actor.organisation, masking } } as Actor // each kind keeps its own organisation's shape
}

async function runCommand<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Command<Input, Output>,
  given: Context<z.output<Input>>,
): Promise<Answer<z.output<Output>>> {
  const { organisation, actor, circumstance } = given
  const repeatable: Repeatable | null =
    circumstance.idempotencyKey !== undefined && actor.id !== null
      ? {
          organisation,
          actor: actor.id,
          key: circumstance.idempotencyKey,
          useCase: useCase.name,
          input: given.input,
          seesDigits: given.maySeeDigits,
          now: given.now,
        }
      : null
  const prepared = await useCase.before?.(given)
  // However long that took: keys are kept for a minute, and may have been withdrawn meanwhile.
  const context = useCase.before ? { ...given, vault: await vaultOf(organisation) } : given
  const { vault } = context
  const finished = await asOrganisation(organisation, async (tx) => {
    const kept = repeatable && (await keptAnswer(tx, vault, repeatable))
    if (kept) return { value: useCase.output.parse(JSON.parse(kept)), isReplay: true, trail: null }
    const masking = useCase.keepsWords ? actor.organisation?.masking : undefined
    const [held, ran] = await Promise.allSettled([
      masking === undefined ? undefined : holdMasking(tx, organisation, masking),
      useCase.run({ ...context, tx, prepared }),
    ])
    // First, because the database may have refused for the same reason in words of its own.
    if (held.status === 'rejected') throw held.reason
    if (ran.status === 'rejected') throw ran.reason
    const done = ran.value
    const value = useCase.output.parse(done.value)
    await Promise.all(closingStatements(tx, useCase, context, done, repeatable ? { repeatable, value } : null))
    return { value, isReplay: false, trail: done.trail }
  })
  for (const { kind, id } of finished.trail?.live ?? []) notify('orinode_live', { org: organisation, kind, id })
  for (const id of finished.trail?.access ?? []) notify('orinode_access', { org: organisation, id })
  if (finished.trail?.forgetsKeys) forgetKeysEverywhere(organisation)
  return { value: finished.value, isReplay: finished.isReplay }
}

/** Entry, outbox rows, jobs and kept answer: sent together, just before commit. */
function closingStatements(
  tx: Tx,
  useCase: Command<z.ZodType, z.ZodType>,
  context: Context<unknown>,
  { trail }: Done<unknown>,
  keep: { repeatable: Repeatable; value: unknown } | null,
): PromiseLike<unknown>[] {
  const { organisation, vault, actor, circumstance } = context
  const isOnce = typeof useCase.audit !== 'string'
  const statements: PromiseLike<unknown>[] = []
  const targets = !isOnce || trail.isFirst ? (trail.targets ?? [trail.target]) : []
  for (const target of targets) {
    statements.push(
      writeEntry(tx, vault, {
        organisation,
        actor,
        circumstance,
        action: auditActionOf(useCase) ?? useCase.name,
        target,
        result: 'done',
        ...(trail.facts ? { facts: trail.facts } : {}),
        ...(trail.details ? { details: trail.details } : {}),
      }),
    )
  }
  const events = trail.events ?? []
  if (events.length > 0) {
    statements.push(writeEvents(tx, organisation, events))
  }
  for (const job of trail.jobs ?? []) statements.push(enqueue(tx, job))
  if (keep) statements.push(keepAnswerStatement(tx, vault, keep.repeatable, JSON.stringify(keep.value)).execute())
  return statements
}

async function runQuery<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Input, Output>,
  context: Context<z.output<Input>>,
): Promise<Answer<z.output<Output>>> {
  const { organisation, vault, actor, circumstance, input } = context
  const { audit } = useCase
  const reading =
    audit === 'none' ? null : readingOf(useCase.name, audit.target(input), audit.oneReadingSeconds, context)
  if (audit === 'none' || reading?.isGoingOn) {
    const rows = await readAsOrganisation<unknown[]>(organisation, (tx) => useCase.read({ ...context, tx }))
    return { value: useCase.output.parse(useCase.answer(context, rows)), isReplay: false }
  }
  // The entry is committed before the first byte of the answer leaves.
  const value = await asOrganisation(organisation, async (tx) => {
    const rows = await Promise.all(useCase.read({ ...context, tx }).map((one) => one.execute()))
    const answered = useCase.output.parse(useCase.answer(context, rows))
    await writeEntry(tx, vault, {
      organisation,
      actor,
      circumstance,
      action: audit.action,
      target: audit.target(input),
      result: 'done',
    })
    return answered
  })
  reading?.begin()
  return { value, isReplay: false }
}
