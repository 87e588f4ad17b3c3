import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { open } from '../access.ts'
import { buildWire } from './server.ts'

const nobody = { staff: async () => null, pupil: async () => null }

const listening = async () => {
  let answer = () => {}
  let asked = () => {}
  const arrived = new Promise<void>((resolve) => {
    asked = resolve
  })
  const app = await buildWire({ version: '0', doorkeepers: nobody, webFolder: null, log: null, silence: 200 })
  app.get('/api/slow', { config: { access: open } }, async () => {
    asked()
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return { done: true }
  })
  app.post('/api/echo', { config: { access: open } }, async () => ({ done: true }))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const line = (text: string): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(text)
    onTestFinished(() => void socket.destroy())
    return socket
  }
  return { app, line, arrived, answer: () => answer() }
}

test('a server that stops answers what it was asked, and does not wait for that line to be hung up', async () => {
  const { app, line, arrived, answer } = await listening()
  let heard = ''
  const caller = line('GET /api/slow HTTP/1.1\r\nhost: x\r\n\r\n').on('data', (bytes) => {
    heard += bytes
  })
  await arrived
  const closed = app.close()
  setTimeout(answer, 50)
  await closed
  await new Promise((resolve) => caller.once('close', resolve))
  expect(heard).toContain('{"done":true}')
})

test('a caller who never finishes a request does not keep the server from stopping', async () => {
  const { app, line } = await listening()
  const caller = line('POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{').resume()
  const connected = new Promise((resolve) => app.server.once('connection', resolve))
  await connected
  const cut = new Promise((resolve) => caller.once('close', resolve))
  await app.close()
  await cut
})
