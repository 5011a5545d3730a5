import { storeRecording } from '#lib/features/recordings/index'
import { upload } from '#lib/transport/upload'

export const PUT = upload(storeRecording, {
  input: ({ params, headers, body }) => ({
    id: params['id'],
    body,
    content_type: headers.get('content-type'),
    duration_ms: headers.get('x-duration-ms') ?? undefined,
  }),
  respond: ({ recording, is_new }) => ({ status: is_new ? 201 : 200, body: recording }),
})
