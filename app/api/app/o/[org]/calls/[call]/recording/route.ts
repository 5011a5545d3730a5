import { playRecording } from '#lib/features/recordings/index'
import { download } from '#lib/transport/download'

export const GET = download(playRecording, ({ params, range, isHead }) => ({
  id: params['call'],
  range,
  is_head: isHead,
}))
