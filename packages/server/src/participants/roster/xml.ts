// One part of a workbook as a stream of elements: of XML what spreadsheets write, and strictly. A declaration such as DOCTYPE is refused, so that
// there are no entities to expand and nothing to fetch. Written here because a county's sheet is fifty million characters that a general reader
// goes through one by one.
import { FileFault } from './file-fault.ts'
import { type Parts, unpacked } from './zip.ts'

export type Attributes = Readonly<Record<string, string>>
export type Handlers = {
  readonly open: (name: string, attributes: Attributes) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

const deepest = 64
const longest = 300_000 // of one tag, comment or CDATA: more is none that a spreadsheet writes

const name = '[A-Za-z_:][\\w:.-]*'
const space = '[ \\t\\r\\n]'
const openTag = new RegExp(`<(${name})((?:${space}+${name}${space}*=${space}*(?:"[^"<]*"|'[^'<]*'))*)${space}*(/?)>`, 'y')
const closeTag = new RegExp(`</(${name})${space}*>`, 'y')
const anyTag = /<(?:[^<>"']|"[^"]*"|'[^']*')*>/y
const reference = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));|&/g
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const damaged = () => new FileFault('damaged')
const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** What XML 1.0 calls a Char. */
const isCharacter = (code: number) =>
  code >= 0x20 ? code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff) : [9, 10, 13].includes(code)
const character = (code: number): string => {
  if (!isCharacter(code)) throw damaged()
  return String.fromCodePoint(code)
}

const plain = (text: string): string =>
  text.includes('&')
    ? text.replace(reference, (_, decimal?: string, hex?: string, name?: string) => {
        if (name) return named[name]!
        if (decimal) return character(Number(decimal))
        if (hex) return character(Number.parseInt(hex, 16))
        throw damaged()
      })
    : text

const none: Attributes = {}

/** Of a tag that is known to be well formed; by hand, since there are millions. */
const attributesOf = (text: string): Attributes => {
  if (text === '') return none
  const found: Record<string, string> = {}
  for (let at = 0, equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', at)) {
    const name = text.slice(at, equals).trim()
    const double = text.indexOf('"', equals)
    const single = text.indexOf("'", equals)
    const begin = double >= 0 && (single < 0 || double < single) ? double : single
    const end = text.indexOf(text[begin]!, begin + 1)
    if (Object.hasOwn(found, name)) throw damaged()
    found[name] = plain(text.slice(begin + 1, end))
    at = end + 1
  }
  return found
}

const matchAt = (pattern: RegExp, text: string, at: number) => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Where a text may be cut: not within a reference that goes on in the next piece. */
const cutOf = (text: string) => {
  const begun = text.lastIndexOf('&')
  return begun >= text.length - 12 && begun >= 0 && !text.includes(';', begun) ? begun : text.length
}

/** Takes a text piece by piece, wherever it is cut. */
export const reading = (handlers: Handlers) => {
  const within: string[] = []
  let ended = false

  const tell = (text: string, isPlain = false) => {
    if (within.length > 0) handlers.text?.(isPlain ? text : plain(text))
    else if (isPlain || /[^ \t\r\n]/.test(text)) throw damaged()
  }
  /** What begins with <! or <?: where it ends, or -1. */
  const special = (all: string, at: number): number => {
    const past = (end: string, from: number) => {
      const found = all.indexOf(end, at + from)
      return found < 0 ? -1 : found + end.length
    }
    if (all[at + 1] === '?') return past('?>', 2)
    if (all.startsWith('<!--', at)) {
      const end = past('--', 4)
      if (end >= 0 && end < all.length && all[end] !== '>') throw damaged()
      return end >= 0 && end < all.length ? end + 1 : -1
    }
    if (!all.startsWith('<![CDATA[', at)) {
      if (['<!--', '<![CDATA['].some((start) => start.startsWith(all.slice(at)))) return -1
      throw new FileFault('unsafe')
    }
    const end = past(']]>', 9)
    if (end > 0) tell(all.slice(at + 9, end - 3), true)
    return end
  }
  const left = (own: string) => {
    handlers.close?.(local(own))
    ended = within.length === 0
  }
  const close = (all: string, at: number): number => {
    const match = matchAt(closeTag, all, at)
    if (!match) return -1
    const own = within.pop()
    if (own === undefined || own !== match[1]) throw damaged()
    left(own)
    return closeTag.lastIndex
  }
  const open = (all: string, at: number): number => {
    const match = matchAt(openTag, all, at)
    if (!match) return -1
    const [, own = '', attributes = '', empty] = match
    const end = openTag.lastIndex
    if (ended) throw damaged()
    if (within.length >= deepest) throw new FileFault('unsafe')
    handlers.open(local(own), attributesOf(attributes))
    if (empty) left(own)
    else within.push(own)
    return end
  }
  /** The end of what begins here; -1 when it goes on in the next piece. */
  const markup = (all: string, at: number): number => {
    const second = all[at + 1]
    if (second === '!' || second === '?') return special(all, at)
    const end = second === '/' ? close(all, at) : open(all, at)
    if (end < 0 && matchAt(anyTag, all, at)) throw damaged()
    return end
  }

  let rest = ''
  const write = (piece: string) => {
    const all = rest + piece
    let at = 0
    for (let next = all.indexOf('<'); next >= 0; next = all.indexOf('<', at)) {
      if (next > at) tell(all.slice(at, next))
      at = next
      const end = markup(all, at)
      if (end < 0) break
      at = end
    }
    const begun = all.slice(at)
    const cut = begun.startsWith('<') ? 0 : cutOf(begun)
    if (cut > 0) tell(begun.slice(0, cut))
    rest = begun.slice(cut)
    if (rest.length > longest) throw damaged()
  }
  const end = () => {
    if (rest !== '' || within.length > 0) throw damaged()
  }
  return { write, end }
}

const encodingOf = (first: Buffer) =>
  first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8'

/** False when the workbook has no such part. */
export const readPart = async (file: Buffer, parts: Parts, name: string, handlers: Handlers): Promise<boolean> => {
  const part = parts.get(name.toLowerCase())
  if (!part) return false
  const xml = reading(handlers)
  let decoder: InstanceType<typeof TextDecoder> | null = null
  try {
    for await (const piece of unpacked(file, part)) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      xml.write(decoder.decode(piece, { stream: true }))
    }
    xml.write(decoder?.decode() ?? '')
    xml.end()
  } catch (error) {
    if (error instanceof FileFault) throw error
    throw damaged()
  }
  return true
}
