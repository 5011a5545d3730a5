import type { z } from 'zod'

import type { Actor, Circumstance } from '../kernel/actor.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Permission } from '../kernel/permission.ts'
import type { Statement, Tx } from '../platform/db/transaction.ts'
import type { AskedJob } from '../platform/jobs/askable-jobs.ts'
import type { Vault } from '../vault/open-vault.ts'
import type { Limit } from './limits.ts'

/** Who may: a permission; `self` for a signed-in person acting on what is their own; `anyone`, written out. */
export type Allow = Permission | 'self' | 'anyone'

export type AuditAction = `${string}.${string}`

/** One entry per target however often it happens: for machine chatter whose own trail is its sealed event row. */
export interface OncePerTarget {
  readonly oncePerTarget: AuditAction
}
export const oncePerTarget = (action: AuditAction): OncePerTarget => ({ oncePerTarget: action })

export interface Context<Input> {
  readonly input: Input
  readonly actor: Actor
  readonly circumstance: Circumstance
  /** The organisation the transaction runs as; the platform's own where the actor has none. */
  readonly organisation: OrganisationId
  readonly vault: Vault
  readonly now: Date
  /** Free text as this actor may read it: number-like runs removed unless they may see digits. */
  readonly readable: (text: string) => string
  readonly maySeeDigits: boolean
}

export interface OutboxEvent {
  type: `${string}.${string}`
  payload: Record<string, string | number | boolean | null>
}

export interface Trail {
  /** The row's id that the entry names; the database checks that it is the row that changed. */
  target: string | null
  /** Where one act changes several rows: each gets an entry instead of `target`. None: all was so already, and nothing is recorded. */
  targets?: readonly string[]
  /** False on a repeated target of `oncePerTarget`: nothing new to record. */
  isFirst?: boolean
  facts?: Record<string, string | number | boolean | null>
  /** Sealed and erasable: e-mail, free text, before and after. */
  details?: Record<string, string>
  events?: OutboxEvent[]
  /** What the worker shall do once this is committed. */
  jobs?: AskedJob[]
  /** Ids that open screens should look at again, once committed. */
  live?: { kind: 'call'; id: string }[]
  /** Members or people whose access changed: their streams and caches recheck at once. */
  access?: string[]
  /** An API key, or what every key carries of its organisation, changed: keys that were looked up are forgotten everywhere. */
  forgetsKeys?: true
}

declare const done: unique symbol
/** What a command returns; only `recorded` makes one, so no change leaves without its trail. */
export interface Done<Value> {
  readonly [done]: true
  readonly value: Value
  readonly trail: Trail
}

export function recorded<Value>(value: Value, trail: Trail): Done<Value> {
  return { value, trail } as Done<Value> // the brand's one maker
}

interface Rules<Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: `${string}.${string}`
  readonly allow: Allow
  readonly limit: Limit
  readonly input: Input
  readonly output: Output
}

export interface Command<Input extends z.ZodType, Output extends z.ZodType, Prepared = unknown> extends Rules<
  Input,
  Output
> {
  readonly kind: 'command'
  readonly audit: AuditAction | OncePerTarget
  /** Stores words that were cleaned as masking asks: a switch of masking waits for it, and it is refused after one. */
  readonly keepsWords?: true
  /** Slow work that needs no transaction, such as a password's hash: done before a connection is taken. It may refuse. */
  before?(context: Context<z.output<Input>>): Promise<Prepared>
  run(
    context: Context<z.output<Input>> & { readonly tx: Tx; readonly prepared: Prepared },
  ): Promise<Done<z.input<Output>>>
}

export interface Query<Input extends z.ZodType, Output extends z.ZodType> extends Rules<Input, Output> {
  readonly kind: 'query'
  readonly audit:
    | 'none'
    | {
        readonly action: AuditAction
        readonly target: (input: z.output<Input>) => string | null
        /** A person who looks again so soon after, from the same place, is still reading: one entry, for the first look. */
        readonly oneReadingSeconds?: number
      }
  read(context: Context<z.output<Input>> & { readonly tx: Tx }): Statement[]
  answer(context: Context<z.output<Input>>, rows: unknown[]): z.input<Output>
}

export type UseCase<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> =
  | Command<Input, Output>
  | Query<Input, Output>

/** A use case that changes something: runs in one transaction, as the organisation, and cannot return without `recorded`. */
export function command<Input extends z.ZodType, Output extends z.ZodType, Prepared = undefined>(
  rules: Omit<Command<Input, Output, Prepared>, 'kind'>,
): Command<Input, Output> {
  return Object.freeze({ ...rules, kind: 'command' }) as Command<Input, Output> // run() gets what its own before() made
}

/**
 * A use case that only looks: a list of statements that leave together, and a pure answer made of their rows.
 * One with an audit action commits its entry before its answer leaves.
 */
export function query<Input extends z.ZodType, Output extends z.ZodType, const Rows extends readonly unknown[]>(
  rules: Omit<Query<Input, Output>, 'kind' | 'read' | 'answer'> & {
    read(context: Context<z.output<Input>> & { readonly tx: Tx }): { [Index in keyof Rows]: Statement<Rows[Index]> }
    answer(context: Context<z.output<Input>>, rows: NoInfer<Rows>): z.input<Output>
  },
): Query<Input, Output> {
  return Object.freeze({ ...rules, kind: 'query' }) as unknown as Query<Input, Output> // rows stay in the order read() gave
}

export function auditActionOf(useCase: UseCase): AuditAction | null {
  if (useCase.audit === 'none') return null
  if (typeof useCase.audit === 'string') return useCase.audit
  return 'action' in useCase.audit ? useCase.audit.action : useCase.audit.oncePerTarget
}
