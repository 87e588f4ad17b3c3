// A file in pieces over a line that may break: each piece has its place and its hash, and the server says where to go on.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { refusalOf } from '../refusal.ts'

export const pieceSize = 16 * 1024 // eleven seconds at 2 kB/s
const patience = [1000, 3000, 8000, 20_000]

export const hashOf = (bytes: Uint8Array) => bytesToHex(sha256(bytes))

const base64Of = (bytes: Uint8Array) => {
  let text = ''
  for (const byte of Array.from(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}

export type Piece = { readonly offset: number; readonly hash: string; readonly content: string }
const pieceAt = (file: Uint8Array, offset: number): Piece => {
  const bytes = file.subarray(offset, offset + pieceSize)
  return { offset, hash: hashOf(bytes), content: base64Of(bytes) }
}

type Wait = (milliseconds: number) => Promise<void>
const wait: Wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A line that does not answer, or a piece that was damaged on its way, is tried again a few times; what the server refuses is not. */
const tried = async <T>(act: () => Promise<T>, pause: Wait): Promise<T> => {
  for (const milliseconds of patience) {
    try {
      return await act()
    } catch (error) {
      const { status, code } = refusalOf(error)
      if (status !== 0 && status < 500 && code !== 'kit.piece-damaged') throw error
      await pause(milliseconds)
    }
  }
  return act()
}

export type Line = {
  readonly begin: (fileHash: string, size: number) => Promise<{ readonly uploadId: string; readonly received: number }>
  readonly piece: (uploadId: string, piece: Piece) => Promise<{ readonly received: number }>
}

/** Ends when every byte has arrived; the same file again goes on where it stopped. */
export const sendAll = async (file: Uint8Array, line: Line, onSent: (sent: number) => void, pause: Wait = wait): Promise<string> => {
  const begun = await tried(() => line.begin(hashOf(file), file.length), pause)
  let at = begun.received
  onSent(at)
  while (at < file.length) {
    const piece = pieceAt(file, at)
    at = (await tried(() => line.piece(begun.uploadId, piece), pause)).received
    onSent(at)
  }
  return begun.uploadId
}
