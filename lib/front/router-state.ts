import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js'

/**
 * Whether the framework can read what a client says of where it is. It answers what it cannot read with a 500, so such a
 * header is left out, and the whole page is drawn: its own judge is asked, which the pinned version keeps at this place.
 */
export function isReadableRouterState(header: string | string[]): boolean {
  try {
    parseAndValidateFlightRouterState(header)
    return true
  } catch {
    return false
  }
}
