// One part of a workbook as a stream of elements. A DOCTYPE is refused, so that there are no entities to expand and nothing to fetch.
import sax from 'sax'
import { FileFault } from './file-fault.ts'
import { type Parts, unpacked } from './zip.ts'

export type Attributes = Readonly<Record<string, string>>
export type Handlers = {
  readonly open: (name: string, attributes: Attributes) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

const deepest = 64

const local = (name: string) => name.slice(name.indexOf(':') + 1)

const encodingOf = (first: Buffer) =>
  first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8'

const listening = (handlers: Handlers) => {
  const xml = sax.parser(true, { position: false })
  let depth = 0
  xml.ondoctype = () => {
    throw new FileFault('unsafe')
  }
  xml.onerror = () => {
    throw new FileFault('damaged')
  }
  xml.onopentag = ({ name, attributes }) => {
    depth += 1
    if (depth > deepest) throw new FileFault('unsafe')
    handlers.open(local(name), attributes as Attributes) // without namespaces sax gives plain strings
  }
  xml.onclosetag = (name) => {
    depth -= 1
    handlers.close?.(local(name))
  }
  if (handlers.text) {
    xml.ontext = handlers.text
    xml.oncdata = handlers.text
  }
  return xml
}

/** False when the workbook has no such part. */
export const readPart = async (file: Buffer, parts: Parts, name: string, handlers: Handlers): Promise<boolean> => {
  const part = parts.get(name.toLowerCase())
  if (!part) return false
  const xml = listening(handlers)
  let decoder: InstanceType<typeof TextDecoder> | null = null
  try {
    for await (const piece of unpacked(file, part)) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      xml.write(decoder.decode(piece, { stream: true }))
    }
    xml.write(decoder?.decode() ?? '').close()
  } catch (error) {
    if (error instanceof FileFault) throw error
    throw new FileFault('damaged')
  }
  return true
}
