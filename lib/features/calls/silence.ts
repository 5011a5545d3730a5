const minute = 60
const hour = 60 * minute

/**
 * For how many seconds nothing need be heard of a call before it counts as lost, by its status. A queued one may be planned for
 * tomorrow; one that runs may be a long talk of which its provider tells only at the end.
 */
export const patience = { queued: 24 * hour, ringing: 15 * minute, in_progress: 4 * hour } as const
