// The pupils, in a process of their own so that they do not share the server's event loop. Raw sockets and ready-made requests: what is measured
// is the server. Bounded: it ends when its requests or its seconds are used up.
import { connect, type Socket } from 'node:net'

export type Load = {
  readonly port: number
  readonly clients: number
  readonly requests: readonly Uint8Array[]
  /** At most so long. */
  readonly seconds: number
  /** Milliseconds after the start at which each request is sent, on a line of its own; null: each client sends its next when it has an answer. */
  readonly arrivals: readonly number[] | null
}
export type Loaded = {
  readonly sent: number
  readonly failures: readonly string[]
  readonly seconds: number
  readonly latencies: readonly number[]
}

const lineTo = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).once('error', reject)
  })

/** Sends one request and answers with the status and the body, once the whole answer is there. */
const exchange = (socket: Socket, request: Uint8Array) =>
  new Promise<string>((resolve, reject) => {
    let heard = ''
    const settle = (act: () => void) => {
      socket.off('data', hear).off('close', lost).off('error', lost)
      act()
    }
    const lost = () => settle(() => reject(new Error('the line was lost')))
    const hear = (bytes: Buffer) => {
      heard += bytes.toString('latin1')
      const end = heard.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0)
      if (heard.length >= end + 4 + length) settle(() => resolve(heard))
    }
    socket.on('data', hear).once('close', lost).once('error', lost)
    socket.write(request)
  })

const run = async ({ port, clients, requests, seconds, arrivals }: Load): Promise<Loaded> => {
  const latencies: number[] = []
  const failures: string[] = []
  let sent = 0
  const send = async (socket: Socket, request: Uint8Array, began: number) => {
    const answer = await exchange(socket, request).catch((error: Error) => error.message)
    if (/^HTTP\/1.1 20[14] /.test(answer)) latencies.push(performance.now() - began)
    else failures.push(answer.slice(0, 400))
  }
  const sockets = arrivals ? [] : await Promise.all(Array.from({ length: clients }, () => lineTo(port)))
  const began = performance.now()
  const until = began + seconds * 1000
  const client = async (socket: Socket) => {
    while (sent < requests.length && performance.now() < until) await send(socket, requests[sent++]!, performance.now())
    socket.destroy()
  }
  const pupil = async (request: Uint8Array, at: number) => {
    await new Promise((resolve) => setTimeout(resolve, at))
    sent += 1
    const arrived = performance.now()
    const socket = await lineTo(port)
    await send(socket, request, arrived)
    socket.destroy()
  }
  await Promise.all(arrivals ? requests.map((request, place) => pupil(request, arrivals[place]!)) : sockets.map(client))
  return { sent, failures, seconds: (performance.now() - began) / 1000, latencies }
}

process.on('message', (load: Load) => void run(load).then((loaded) => process.send!(loaded)))
