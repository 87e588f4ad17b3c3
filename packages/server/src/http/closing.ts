// How the wire ends: what was asked is answered, then the lines are cut. Node would wait a minute for a browser's open line, and five
// for a caller who never finishes a request.
import type { FastifyInstance } from 'fastify'

/** @param silence milliseconds after which a line that is still busy is cut */
export const cutLinesWhenClosing = (app: FastifyInstance, silence: number) => {
  app.addHook('preClose', async () => {
    const { server } = app
    if (!server.listening) return
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const busy = setTimeout(() => server.closeAllConnections(), silence)
    server.once('close', () => {
      clearInterval(idle)
      clearTimeout(busy)
    })
  })
}
