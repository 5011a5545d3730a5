import { existsSync, readFileSync } from 'node:fs'

import type { z } from 'zod'

/** A runner's JSON report; undefined where it wrote none or something else. */
export function readReport<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> | undefined {
  if (!existsSync(file)) return undefined
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
