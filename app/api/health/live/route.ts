export { answerLive as GET } from '#lib/transport/health'
