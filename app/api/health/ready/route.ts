export { answerReady as GET } from '#lib/transport/health'
