import { inboundScripts } from './inbound-scripts.ts'
import { outboundScripts } from './outbound-scripts.ts'

/** A day of calls, those in and those out taking turns. */
export const scripts = inboundScripts.flatMap((inbound, at) => [inbound, ...outboundScripts.slice(at, at + 1)])
