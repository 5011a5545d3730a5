import { z } from 'zod'

/** What is longer than anybody writes is cut, not refused: a long text is no reason to lose a call. Neither NUL nor half a character stays. */
export const cutTo = (longest: number) =>
  z.string().transform((text) => text.slice(0, longest).replaceAll('\0', '').toWellFormed())
