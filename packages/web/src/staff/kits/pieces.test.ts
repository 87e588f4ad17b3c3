import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { hashOf, type Line, type Piece, pieceSize, sendAll } from './pieces.ts'

const file = Uint8Array.from({ length: pieceSize * 2 + 7 }, (_, index) => index % 251)
const atOnce = async () => {}

/** A server that keeps what arrives, and a line that fails where it is told to. */
const lineWith = (failing: (call: number) => Error | null) => {
  const got: number[] = []
  let calls = 0
  const piece = async (_: string, { offset, hash, content }: Piece) => {
    calls += 1
    const error = failing(calls)
    if (error) throw error
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    expect(hashOf(bytes)).toBe(hash)
    if (offset === got.length) got.push(...bytes)
    return { received: got.length }
  }
  const line: Line = { begin: async () => ({ uploadId: 'u', received: got.length }), piece }
  return { line, got, calls: () => calls }
}

test('a file arrives whole, in order, and says how far it is', async () => {
  const { line, got } = lineWith(() => null)
  const sent: number[] = []
  expect(await sendAll(file, line, (at) => sent.push(at), atOnce)).toBe('u')
  expect(Uint8Array.from(got)).toEqual(file)
  expect(sent).toEqual([0, pieceSize, pieceSize * 2, file.length])
})

test('a line that breaks for a while is tried again; one that stays broken ends, and the same file goes on where it stopped', async () => {
  let broken = true
  const { line, got, calls } = lineWith((call) => (broken && call >= 2 ? new TypeError('network') : null))
  await expect(sendAll(file, line, () => {}, atOnce)).rejects.toThrow('network')
  expect([got.length, calls()]).toEqual([pieceSize, 6])
  broken = false
  await sendAll(file, line, () => {}, atOnce)
  expect(Uint8Array.from(got)).toEqual(file)
  expect(calls()).toBe(8)
})

test('what the server refuses is not tried again', async () => {
  const { line, calls } = lineWith(() => new Refusal('kit.upload-not-found', 404, ''))
  await expect(sendAll(file, line, () => {}, atOnce)).rejects.toMatchObject({ code: 'kit.upload-not-found' })
  expect(calls()).toBe(1)
})
