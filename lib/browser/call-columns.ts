import { type CallColumn, columnsIn } from '../kernel/call-columns.ts'

export const COLUMNS_COOKIE = 'call-columns'
const YEAR_SECONDS = 31_536_000

/** Chosen in this browser, for its first paint too. */
export function readColumns(value: string | undefined): readonly CallColumn[] {
  return columnsIn(value?.split('.') ?? [])
}

export function chooseColumns(columns: readonly CallColumn[]): void {
  // oxlint-disable-next-line unicorn/no-document-cookie -- Safari before 18.4 has no cookieStore
  document.cookie = `${COLUMNS_COOKIE}=${columns.join('.')}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; Secure`
}
