/** A status callback as Twilio sends it when a call that came in is over. */
export const sampleTwilioCompleted = {
  AccountSid: 'AC00000000000000000000000000000001',
  ApiVersion: '2010-04-01',
  CallSid: 'CA00000000000000000000000000000001',
  CallStatus: 'completed',
  CallDuration: '42',
  Duration: '1',
  Called: '+2342017000100',
  Caller: '+2348035550142',
  CallbackSource: 'call-progress-events',
  Direction: 'inbound',
  From: '+2348035550142',
  To: '+2342017000100',
  SequenceNumber: '3',
  SipResponseCode: '200',
  Timestamp: 'Tue, 24 Nov 2026 09:01:00 +0000',
}

/** What it sends to a recording's own callback. */
export const sampleTwilioRecording = {
  AccountSid: 'AC00000000000000000000000000000001',
  CallSid: 'CA00000000000000000000000000000001',
  RecordingSid: 'RE00000000000000000000000000000001',
  RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
  RecordingStatus: 'completed',
  RecordingDuration: '41',
  RecordingChannels: '2',
  RecordingSource: 'DialVerb',
  RecordingStartTime: 'Tue, 24 Nov 2026 09:00:19 +0000',
  ErrorCode: '0',
}
