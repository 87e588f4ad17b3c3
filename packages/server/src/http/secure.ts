// Encrypted and plain callers on one port. Encrypted ones get the application; a plain one gets the way to trust this server, or is
// sent to the same address with https. What a plain caller sends never reaches the application.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { type Trust, trustFile, trustOf } from '../tls/guide.ts'
import type { ServerIdentity } from '../tls/store.ts'
import { languageOf } from './errors.ts'

const onlyHttps = '请使用 https:// 打开。 This server speaks https alone.'
const handshake = 0x16 // the first byte of TLS
const usualPatience = 60_000 // milliseconds for the first byte, the handshake, and the whole of a plain request

const answerPlainly = (trust: Trust) => (request: IncomingMessage, response: ServerResponse) => {
  const { method = '', url = '/', headers } = request
  const reads = method === 'GET' || method === 'HEAD'
  const file = reads ? trustFile(trust, url.split('?')[0]!, languageOf(request)) : null
  const common = {
    connection: 'close',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self';img-src data:",
    'x-content-type-options': 'nosniff',
  }
  if (file) return response.writeHead(200, { ...common, 'content-type': file.type }).end(file.body)
  const place = /^[\w.:[\]-]+$/.test(headers.host ?? '') ? `https://${headers.host}` : null
  // not for ever: the school may do without a certificate again
  if (reads && place && url.startsWith('/')) return response.writeHead(307, { ...common, location: `${place}${url}` }).end()
  return response
    .writeHead(426, { ...common, upgrade: 'TLS/1.2, HTTP/1.1', 'content-type': 'text/plain; charset=utf-8' })
    .end(`${onlyHttps} ${place ?? ''}\n`)
}

const plainServer = (trust: Trust) => createServer({ requireHostHeader: false }, answerPlainly(trust))

type Callers = Map<string, Socket>
const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`

/** Looks at the first byte of each caller and hands the line on, untouched. */
const sortCallers =
  (encrypted: (socket: Socket) => void, plain: (socket: Socket) => void, strangers: Callers, patience: number) => (socket: Socket) => {
    const drop = () => void socket.destroy()
    const name = nameOf(socket)
    strangers.set(name, socket)
    socket.setTimeout(patience, drop).on('error', drop)
    socket.once('close', () => strangers.delete(name))
    socket.once('data', (first) => {
      socket.pause()
      socket.unshift(first)
      if (first[0] !== handshake) return plain(socket)
      socket.setTimeout(0).off('timeout', drop)
      encrypted(socket)
    })
  }

export const speakTls = (app: FastifyInstance, { certificate, key, authority }: ServerIdentity, patience = usualPatience) => {
  const server: Server = app.server
  const application = server.listeners('connection')
  const strangers: Callers = new Map() // everyone whom the application does not know yet
  const secure = createTlsServer({ cert: certificate, key, ALPNProtocols: ['http/1.1'], handshakeTimeout: patience }, (socket) => {
    strangers.delete(nameOf(socket))
    for (const listener of application) listener.call(server, socket)
  })
  secure.on('tlsClientError', (_, socket) => void socket.destroy())
  const plain = plainServer(trustOf({ authority }))
  const encrypted = (socket: Socket) => void secure.emit('connection', socket)
  const plainly = (socket: Socket) => {
    const late = setTimeout(() => socket.destroy(), patience) // Node watches the time of those servers alone that listen themselves
    socket.once('close', () => clearTimeout(late))
    plain.emit('connection', socket)
    socket.resume()
  }
  server.removeAllListeners('connection')
  server.on('connection', sortCallers(encrypted, plainly, strangers, patience))
  app.addHook('onRequest', async (request, reply) => {
    if (!('encrypted' in request.raw.socket)) return reply.code(426).type('text/plain; charset=utf-8').send(onlyHttps)
  })
  app.addHook('preClose', async () => {
    for (const socket of strangers.values()) socket.destroy()
  })
}
