import { wholeSeconds } from './seconds.ts'

/** A sentence for a person and what to do about it; printed without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly advice: string

  constructor(sentence: string, advice: string) {
    super(sentence)
    this.advice = advice
  }
}

/** Runs one step and prints what it was and how long it took. */
export async function step<Value>(label: string, run: () => Value | Promise<Value>): Promise<Value> {
  const began = performance.now()
  const isScreen = process.stdout.isTTY
  if (isScreen) process.stdout.write(`  … ${label}`)
  try {
    const value = await run()
    process.stdout.write(`${isScreen ? '\r\u001b[2K' : ''}  ✓ ${label.padEnd(46)} ${wholeSeconds(began)}\n`)
    return value
  } catch (error) {
    process.stdout.write(`${isScreen ? '\r\u001b[2K' : ''}  ✗ ${label}\n`)
    throw error
  }
}

/** A remark inside a step. */
export function remark(line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[2K' : ''}    ${line}\n`)
}
