/** In the order a call can only move forward through; everything from `completed` on is an ending. */
export const callStatuses = [
  'queued',
  'ringing',
  'in_progress',
  'completed',
  'no_answer',
  'busy',
  'rejected',
  'voicemail',
  'canceled',
  'failed',
  'unknown_end',
] as const
