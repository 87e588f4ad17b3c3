// Server-sent events: a picture now, and again whenever it has changed. Each look asks anew who may look; a stream ends by itself.
import type { FastifyInstance, FastifyReply } from 'fastify'

const between = 1000 // milliseconds from look to look
const heartbeat = 5000 // a page that hears nothing for longer knows that the line is dead

type Look = () => Promise<unknown>

/** The streams of one process; they end when it stops. */
export const liveStreams = (app: FastifyInstance) => {
  const ends = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of ends) end()
  })
  return (reply: FastifyReply, look: Look, lifetime: number) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    let shown = ''
    let spoke = 0
    let timer: NodeJS.Timeout | undefined
    const until = performance.now() + lifetime
    const end = () => {
      clearTimeout(timer)
      ends.delete(end)
      raw.end()
    }
    const say = (text: string) => {
      spoke = performance.now()
      raw.write(text)
    }
    const next = async () => {
      try {
        const picture = JSON.stringify(await look())
        if (raw.destroyed || !ends.has(end)) return
        if (picture !== shown) say(`data: ${picture}\n\n`)
        else if (performance.now() - spoke > heartbeat) say('event: still\ndata:\n\n')
        shown = picture
      } catch {
        return end() // the page falls back to asking, and is told there what is wrong
      }
      if (performance.now() >= until) return end()
      timer = setTimeout(next, between)
    }
    ends.add(end)
    raw.on('close', end)
    say('retry: 3000\n\n')
    return next()
  }
}
