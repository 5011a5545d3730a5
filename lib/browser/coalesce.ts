const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * However often it is asked, `work` runs at most once per `waitMs` and never twice at a time;
 * asked while it runs, it runs once more, so nothing that happened is missed.
 */
export function coalesce(work: () => Promise<unknown>, waitMs: number): () => void {
  let isRunning = false
  let isAsked = false

  const run = async () => {
    isRunning = true
    while (isAsked) {
      await wait(waitMs)
      isAsked = false
      await work().catch(() => undefined)
    }
    isRunning = false
  }
  return () => {
    isAsked = true
    if (!isRunning) run().catch(() => undefined)
  }
}
