import 'server-only'

export { deleteRecording } from './delete-recording.ts'
export { findRecording } from './find-recording.ts'
export { playRecording } from './play-recording.ts'
export { storeRecording } from './store-recording.ts'
export { sweepStrays } from './sweep-strays.ts'
