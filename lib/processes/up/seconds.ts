/** Time since `began` (performance.now()), as a person reads it. */
export const wholeSeconds = (began: number): string =>
  `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7)
