import { randomFrom, shuffled } from './random.ts'

export interface SendOptions<Delivery, Answer> {
  deliveries: readonly Delivery[]
  send: (delivery: Delivery) => Promise<Answer>
  seed: number
  /** How often each delivery is sent. */
  times?: number
  /** How many are on their way at once: providers do not wait for one answer before they send the next. */
  atOnce?: number
}

/** Every delivery `times` times, in an order that has nothing to do with time. Answers come in the order sent. */
export async function sendShuffled<Delivery, Answer>({
  deliveries,
  send,
  seed,
  times = 1,
  atOnce = 4,
}: SendOptions<Delivery, Answer>): Promise<Answer[]> {
  const repeated = Array.from({ length: times }, () => deliveries).flat()
  return sendAll(shuffled(randomFrom(seed), repeated), send, atOnce)
}

/** In the given order, at most `atOnce` on their way. The first failure to send ends it. */
export async function sendAll<Delivery, Answer>(
  deliveries: readonly Delivery[],
  send: (delivery: Delivery) => Promise<Answer>,
  atOnce: number,
): Promise<Answer[]> {
  const answers: Answer[] = []
  const waiting = deliveries.entries()
  const lane = async (): Promise<void> => {
    for (const [at, delivery] of waiting) answers[at] = await send(delivery)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return answers
}

/** Mostly in order, as a good day looks: one in eight is sent twice, one in ten comes late. */
export function withMishaps<Delivery>(deliveries: readonly Delivery[], seed: number): Delivery[] {
  const random = randomFrom(seed)
  return deliveries
    .flatMap((delivery, at) => {
      const place = random() < 0.1 ? at + 6 : at
      return random() < 0.125
        ? [
            { delivery, place },
            { delivery, place: at + 3 },
          ]
        : [{ delivery, place }]
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ delivery }) => delivery)
}
