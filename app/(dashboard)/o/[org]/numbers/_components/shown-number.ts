import type { ListedNumber } from '#lib/features/phone-numbers/shapes'

/** `written`: with its spaces, for eyes. */
export type ShownNumber = ListedNumber & { written: string }
