import { z } from 'zod'

import { CallStatus, Direction, EndedReason, TurnRole } from '../../calls/shapes.ts'
import { pathFrom } from './generic-path.ts'

const MOST_WORDS = 100

const path = z
  .string()
  .refine((text) => pathFrom(text) !== null, 'must be a path such as call.from or turns[0].text, at most 8 steps')

/** Their words for ours. */
const words = <Word extends z.ZodType>(word: Word) =>
  z
    .record(z.string().min(1).max(100), word)
    .refine((table) => Object.keys(table).length <= MOST_WORDS, `must hold at most ${MOST_WORDS} words`)
const translated = <Word extends z.ZodType>(word: Word) => z.strictObject({ path, values: words(word) })

const time = z.strictObject({ path, format: z.enum(['iso', 'epoch_s', 'epoch_ms']).default('iso') })
const span = z.strictObject({ path, unit: z.enum(['ms', 's']).default('s') })

const cost = z
  .strictObject({
    path,
    unit: z.enum(['minor', 'major']).default('major'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a currency such as NGN')
      .optional(),
    currency_path: path.optional(),
  })
  .refine((one) => (one.currency === undefined) !== (one.currency_path === undefined), {
    message: 'needs either currency or currency_path',
    path: ['currency'],
  })

/** A list of turns; the paths of a turn begin at the turn. */
const transcript = z.strictObject({ path, role: path, text: path, at: span.optional(), roles: words(TurnRole) })

/** Whether the parties are told as who called whom. */
export const isByLeg = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean =>
  from !== undefined || to !== undefined

/** Where each of our fields stands in their JSON, and what their words mean. Only paths and tables: nothing here is run. */
export const GenericMapping = z
  .strictObject({
    external_id: path,
    event_id: path.optional(),
    event_type: path.optional(),
    occurred_at: time.optional(),
    carrier_call_id: path.optional(),
    direction: z.union([Direction, translated(Direction)]).optional(),
    /** Either who is outside and which number is ours, */
    caller: path.optional(),
    number: path.optional(),
    /** or who called whom, which the direction tells apart. */
    from: path.optional(),
    to: path.optional(),
    agent: path.optional(),
    status: translated(CallStatus).optional(),
    ended_reason: translated(EndedReason).optional(),
    started_at: time.optional(),
    answered_at: time.optional(),
    ended_at: time.optional(),
    talk: span.optional(),
    languages: path.optional(),
    outcome: path.optional(),
    summary: path.optional(),
    success: translated(z.boolean()).optional(),
    sentiment: translated(z.enum(['positive', 'neutral', 'negative'])).optional(),
    consent: translated(z.enum(['given', 'refused', 'not_asked', 'unknown'])).optional(),
    cost: cost.optional(),
    latency: span.optional(),
    recording_url: path.optional(),
    transcript: transcript.optional(),
    metadata: words(path).optional(),
  })
  .refine((mapping) => !isByLeg(mapping) || mapping.direction !== undefined, {
    message: 'is needed to tell from and to apart',
    path: ['direction'],
  })
  .refine((mapping) => !isByLeg(mapping) || (mapping.caller ?? mapping.number) === undefined, {
    message: 'cannot stand beside from and to',
    path: ['caller'],
  })
export type GenericMapping = z.output<typeof GenericMapping>
