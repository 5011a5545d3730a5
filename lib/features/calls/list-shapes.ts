import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { callStatuses } from '../../kernel/call-status.ts'
import { DayOrTime } from '../../kernel/when.ts'
import { Direction, EndedReason } from './call-words.ts'

const Token = (what: string) => z.string().regex(/^[A-Za-z0-9_-]{43}$/, `must be the token of ${what}`)
const Id = z.string().refine(isUuid, 'must be an id')
const Seconds = z.coerce.number().int().min(0).max(86_400)
/** As somebody writes it: `12.50`. */
const Amount = z.string().regex(/^\d{1,10}(\.\d{1,3})?$/, 'must be an amount such as 12.50')
const Environment = z.enum(['live', 'test'])

/** One or several of these words, with commas between: any of them fits. In our order and without repetition, whatever was sent. */
function anyOf<const Word extends string>(words: readonly Word[]) {
  return z
    .string()
    .max(400)
    .transform((text, context): Word[] => {
      const given = new Set(text.split(','))
      const known = words.filter((word) => given.has(word))
      if (known.length === given.size) return known
      context.addIssue({ code: 'custom', message: `must be one or more of ${words.join(', ')}, with commas between` })
      return z.NEVER
    })
}

const mostIds = 10
const anyId = z
  .string()
  .max(mostIds * 37)
  .refine((text) => text.split(',').every(isUuid), `must be up to ${mostIds} ids with commas between`)
  .transform((text) => [...new Set(text.split(','))].toSorted())

const providerWords = ['api', 'retell', 'vapi', 'twilio', 'africastalking', 'generic'] as const

const filterFields = {
  environment: Environment.optional(),
  status: anyOf(callStatuses).optional(),
  direction: Direction.optional(),
  provider: anyOf(providerWords).optional(),
  agent: z.string().min(1).max(200).optional(),
  /** Our line. */
  number: z.string().min(1).max(120).optional(),
  caller: Token('a caller').optional(),
  outcome: Token('an outcome').optional(),
  success: z.enum(['yes', 'no', 'unknown']).optional(),
  ended_reason: EndedReason.optional(),
  talk_min_seconds: Seconds.optional(),
  talk_max_seconds: Seconds.optional(),
  cost_min: Amount.optional(),
  cost_max: Amount.optional(),
  /** Of the two before it; alone it narrows nothing. */
  cost_currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency such as NGN')
    .optional(),
  tag: anyId.optional(),
  follow_up: z.enum(['open', 'done', 'none']).optional(),
  /** Whose the follow-up is: mine, nobody’s while it is open, anybody’s, or one member’s. */
  assigned: z.union([z.enum(['me', 'nobody', 'anyone']), Id]).optional(),
  /** Days of the organisation’s own clock, today included. */
  period: z.enum(['today', '7d', '30d']).optional(),
  from: DayOrTime.optional(),
  to: DayOrTime.optional(),
}

interface CostBounds {
  cost_min?: string | undefined
  cost_max?: string | undefined
  cost_currency?: string | undefined
}
const isInSomeCurrency = ({ cost_min, cost_max, cost_currency }: CostBounds): boolean =>
  cost_currency !== undefined || (cost_min === undefined && cost_max === undefined)
const inWhich = { path: ['cost_currency'], message: 'is needed: say in which currency' }

/** What a list can be narrowed by; every field narrows. A saved view keeps one of these. */
export const CallFilter = z.strictObject(filterFields).refine(isInSomeCurrency, inWhich)
export type CallFilter = z.output<typeof CallFilter>

/** Query string of the call list: the same for screen, browser API and public API. */
export const ListCalls = z
  .strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(200).optional(),
    ...filterFields,
  })
  .refine(isInSomeCurrency, inWhich)
export type ListCalls = z.output<typeof ListCalls>

export const ChooseFrom = z.strictObject({ environment: Environment.optional(), caller: Token('a caller').optional() })

/** What a filter offers, from the newest calls. */
export const CallChoices = z.object({
  agents: z.array(z.string()),
  numbers: z.array(z.string()),
  providers: z.array(z.string()),
  currencies: z.array(z.string()),
  outcomes: z.array(z.object({ token: z.string(), text: z.string() })),
  /** Of the caller asked for, as far as any call is theirs. */
  caller_masked: z.string().nullable(),
})
export type CallChoices = z.infer<typeof CallChoices>

/** The queue of open follow-ups, oldest first. */
export const ListFollowUps = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(25),
  cursor: z.string().max(200).optional(),
  whose: z.enum(['mine', 'free', 'all']).default('mine'),
})
