// A bad line between a pupil's page and the server: a TCP proxy that reads one request at a time and does to it, and to its answer, what a plan says.
import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export type Fault = {
  /** On the way to the server: `portal` and `redirect` are a school's login wall, which answers in its place, `refusal` one that answers in JSON. */
  readonly there: 'whole' | 'late' | 'slow' | 'torn' | 'lost' | 'portal' | 'redirect' | 'refusal'
  /** How often the server gets the request at once. */
  readonly copies: number
  /** It gets it once more, long after the page has its answer. */
  readonly echo: boolean
  /** On the way back: `lost` is a line that drops after the server has committed. */
  readonly back: 'whole' | 'late' | 'slow' | 'torn' | 'lost'
}
export const clean: Fault = { there: 'whole', copies: 1, echo: false, back: 'whole' }

type Asked = { readonly key: string; readonly attempt: number }
export type Plan = (asked: Asked) => Fault
export type Line = {
  readonly address: string
  /** How often each kind of fault was met. */
  readonly met: ReadonlyMap<string, number>
  readonly stop: () => Promise<void>
}

const lateness = 120 // milliseconds
const bytesPerSecond = 2000
const wallPage = '<!doctype html><title>Wi-Fi</title><form action="/login"><input name="user"></form>'
const wallWords = '{"code":"login.needed","detail":"log in first"}'
const wall = {
  portal: `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${wallPage.length}\r\nconnection: close\r\n\r\n${wallPage}`,
  refusal: `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: ${wallWords.length}\r\nconnection: close\r\n\r\n${wallWords}`,
  redirect: 'HTTP/1.1 302 Found\r\nlocation: /login?from=school\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
}

const requestFrom = async (socket: Socket): Promise<Buffer | null> => {
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    bytes = Buffer.concat([bytes, chunk as Buffer])
    const end = bytes.indexOf('\r\n\r\n')
    if (end === -1) continue
    const length = Number(/^content-length: *(\d+)/im.exec(bytes.toString('latin1', 0, end))?.[1] ?? 0)
    if (bytes.length >= end + 4 + length) return bytes
  }
  return null
}

const say = async (socket: Socket, bytes: Uint8Array, how: Fault['there'] | Fault['back']) => {
  if (how === 'late') await delay(lateness)
  if (how !== 'slow') return void socket.write(how === 'torn' ? bytes.subarray(0, bytes.length >> 1) : bytes)
  const sip = bytesPerSecond / 20
  for (let sent = 0; sent < bytes.length && !socket.destroyed; sent += sip) {
    socket.write(bytes.subarray(sent, sent + sip))
    await delay(50)
  }
}

/** Everything that the server says to these bytes; nothing when they were torn. */
const ask = async (port: number, request: Buffer, how: Fault['there']): Promise<Buffer> => {
  const socket = createConnection(port, '127.0.0.1').on('error', () => {})
  const heard: Buffer[] = []
  socket.on('data', (bytes) => heard.push(bytes))
  const over = once(socket, 'close')
  await say(socket, request, how)
  if (how === 'torn') socket.destroySoon()
  await over
  return how === 'torn' ? Buffer.alloc(0) : Buffer.concat(heard)
}

/** The server closes after its answer, so that the end of the line is the end of the answer. */
const closing = (request: Buffer) => {
  const end = request.indexOf('\r\n\r\n')
  const head = request.toString('latin1', 0, end).replace(/^connection:.*\r\n/im, '')
  return Buffer.concat([Buffer.from(`${head}\r\nconnection: close`, 'latin1'), request.subarray(end)])
}

const serve = async (near: Socket, port: number, decide: (key: string) => Fault, meanwhile: (echo: Promise<unknown>) => void) => {
  const bytes = await requestFrom(near)
  if (!bytes) return
  const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n'))
  if (/^GET \/login/.test(head)) return void near.end(wall.portal)
  const fault = decide(/^idempotency-key: *(\S+)/im.exec(head)?.[1] ?? '')
  const { there, copies, echo, back } = fault
  if (there === 'lost') return
  if (there === 'portal' || there === 'redirect' || there === 'refusal') return void near.end(wall[there])
  const request = closing(bytes)
  const answers = await Promise.all(Array.from({ length: copies }, () => ask(port, request, there)))
  if (echo) meanwhile(delay(3 * lateness).then(() => ask(port, request, 'whole')))
  const answer = answers[0]!
  if (back === 'lost' || answer.length === 0) return
  await say(near, answer, back)
  near.end()
}

export const openLine = async (server: string, plan: Plan): Promise<Line> => {
  const attempts = new Map<string, number>()
  const met = new Map<string, number>()
  const open = new Set<Socket>()
  const later = new Set<Promise<unknown>>()
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
  const decide = (key: string) => {
    const attempt = (attempts.get(key) ?? 0) + 1
    attempts.set(key, attempt)
    const fault = plan({ key, attempt })
    count(`there ${fault.there}`)
    if (fault.copies > 1) count('copies')
    if (fault.echo) count('echo')
    count(`back ${fault.back}`)
    return fault
  }
  const proxy = createServer((near) => {
    open.add(near)
    near.on('error', () => {}).on('close', () => open.delete(near))
    const served = serve(near, Number(new URL(server).port), decide, (echo) => later.add(echo))
    later.add(served)
    void served.catch(() => {}).finally(() => (near.writableEnded ? near.destroySoon() : near.destroy()))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const stop = async () => {
    const over = once(proxy, 'close')
    proxy.close()
    for (const near of open) near.destroy()
    await Promise.allSettled(later)
    await over
  }
  return { address: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`, met, stop }
}
