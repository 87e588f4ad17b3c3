// The parts of a workbook. Sizes are checked as declared and again as they come out, so that nothing unpacks into more than it said.
import { createInflateRaw } from 'node:zlib'
import { FileFault } from './file-fault.ts'
import { limits } from './limits.ts'

type Part = { readonly name: string; readonly method: number; readonly packed: number; readonly size: number; readonly at: number }
export type Parts = ReadonlyMap<string, Part>

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

const endOf = (file: Buffer): number => {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at -= 1) if (file.readUInt32LE(at) === endSignature) return at
  throw new FileFault('damaged')
}

const refuseTooLarge = (parts: readonly Part[]) => {
  const total = parts.reduce((sum, part) => sum + part.size, 0)
  const bombs = parts.some((part) => part.size > limits.ratioFrom && part.size > part.packed * limits.ratio)
  if (bombs || total > limits.unpackedBytes) throw new FileFault('too-large')
}

const entryAt = (file: Buffer, at: number): Part & { readonly next: number } => {
  if (file.readUInt32LE(at) !== entrySignature) throw new FileFault('damaged')
  if (file.readUInt16LE(at + 8) & 1) throw new FileFault('encrypted')
  const nameLength = file.readUInt16LE(at + 28)
  return {
    name: file
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replace(/\\/g, '/')
      .replace(/^\//, '')
      .toLowerCase(),
    method: file.readUInt16LE(at + 10),
    packed: file.readUInt32LE(at + 20),
    size: file.readUInt32LE(at + 24),
    at: file.readUInt32LE(at + 42),
    next: at + 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32),
  }
}

/** The parts by their lower-case names. A ZIP64 archive or one in several volumes is none that a school has. */
export const partsOf = (file: Buffer): Parts => {
  try {
    const end = endOf(file)
    const count = file.readUInt16LE(end + 10)
    if (count > limits.entries) throw new FileFault('too-large')
    const parts: Part[] = []
    let at = file.readUInt32LE(end + 16)
    for (let number = 0; number < count; number += 1) {
      const { next, ...part } = entryAt(file, at)
      parts.push(part)
      at = next
    }
    refuseTooLarge(parts)
    return new Map(parts.map((part) => [part.name, part]))
  } catch (error) {
    throw error instanceof RangeError ? new FileFault('damaged') : error
  }
}

const packedBytes = (file: Buffer, part: Part): Buffer => {
  if (part.at + 30 > file.length || file.readUInt32LE(part.at) !== localSignature) throw new FileFault('damaged')
  const from = part.at + 30 + file.readUInt16LE(part.at + 26) + file.readUInt16LE(part.at + 28)
  if (from + part.packed > file.length) throw new FileFault('damaged')
  return file.subarray(from, from + part.packed)
}

/** The bytes of a part, a piece at a time; more than were declared are a lie. */
export async function* unpacked(file: Buffer, part: Part): AsyncGenerator<Buffer> {
  const bytes = packedBytes(file, part)
  if (part.method === 0) return yield bytes
  if (part.method !== 8) throw new FileFault('damaged')
  const inflate = createInflateRaw({ chunkSize: 65_536 })
  inflate.end(bytes)
  let sum = 0
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      sum += piece.length
      if (sum > part.size) throw new FileFault('too-large')
      yield piece
    }
  } catch (error) {
    throw error instanceof FileFault ? error : new FileFault('damaged')
  } finally {
    inflate.destroy()
  }
}
