/** A callback as Africa's Talking sends it while a call that came in is running. */
export const sampleAfricasTalkingActive = {
  isActive: '1',
  sessionId: 'ATVId_00000000000000000000000000000001',
  direction: 'Inbound',
  callerNumber: '+254711555142',
  destinationNumber: '+254711082100',
  callerCountryCode: '254',
  callStartTime: '2026-11-24 09:00:00',
}

/** The last one of that call. */
export const sampleAfricasTalkingEnded = {
  ...sampleAfricasTalkingActive,
  isActive: '0',
  callSessionState: 'Completed',
  durationInSeconds: '42',
  currencyCode: 'KES',
  amount: '2.385',
  hangupCause: 'NORMAL_CLEARING',
}
