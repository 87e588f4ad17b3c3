// Against sax, a general reader in wide use, as the oracle: what it refuses is refused, and what is read is what it reads.
import fc from 'fast-check'
import sax from 'sax'
import { expect, test } from 'vitest'
import { FileFault } from './file-fault.ts'
import { reading } from './xml.ts'

type Event = readonly [what: 'open' | 'text' | 'close', name: string, attributes?: Readonly<Record<string, string>>]

/** Texts that were told in pieces are one. */
const joined = (events: readonly Event[]): readonly Event[] =>
  events.reduce<Event[]>((list, event) => {
    const last = list.at(-1)
    if (event[0] === 'text' && last?.[0] === 'text') list[list.length - 1] = ['text', last[1] + event[1]]
    else if (event[1] !== '' || event[0] !== 'text') list.push(event)
    return list
  }, [])

const bySax = (text: string): readonly Event[] | 'refused' => {
  const events: Event[] = []
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = sax.parser(true, { position: false })
  const within = () => events.filter(([what]) => what === 'open').length > events.filter(([what]) => what === 'close').length
  const refuse = () => {
    throw new Error('refused')
  }
  parser.onerror = refuse
  parser.ondoctype = refuse
  parser.onopentag = ({ name, attributes }) => events.push(['open', local(name), { ...(attributes as Record<string, string>) }])
  parser.ontext = (piece) => within() && events.push(['text', piece]) // blank lines around the root are no text of it
  parser.oncdata = (piece) => events.push(['text', piece])
  parser.onclosetag = (name) => events.push(['close', local(name)])
  try {
    parser.write(text).close()
  } catch {
    return 'refused'
  }
  return joined(events)
}

const ours = (pieces: readonly string[]): readonly Event[] | 'refused' => {
  const events: Event[] = []
  const xml = reading({
    open: (name, attributes) => events.push(['open', name, { ...attributes }]),
    text: (piece) => events.push(['text', piece]),
    close: (name) => events.push(['close', name]),
  })
  try {
    for (const piece of pieces) xml.write(piece)
    xml.end()
  } catch (error) {
    expect(error).toBeInstanceOf(FileFault)
    return 'refused'
  }
  return joined(events)
}

const cutAt = (text: string, places: readonly number[]): readonly string[] => {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((one, other) => one - other), text.length]
  return sorted.slice(1).map((end, place) => text.slice(sorted[place], end))
}

const name = fc.constantFrom('c', 'row', 'x:v', 't', '_a.b-1')
const said = fc.array(fc.constantFrom('王', 'A', ' ', '\n', '&amp;', '&lt;', '&#20013;', '&#x4E2D;', '&quot;', "it's", '>', ']]', '😀'), {
  maxLength: 5,
})
const words = said.map((list) => list.join(''))
const value = words.map((own) => own.replaceAll("'", ''))
const attributes = fc
  .uniqueArray(fc.tuple(name, value, fc.constantFrom('"', "'"), fc.constantFrom(' ', '\n ', '  ')), {
    selector: ([own]) => own,
    maxLength: 3,
  })
  .map((list) => list.map(([own, text, quote, space]) => `${space}${own}=${quote}${text}${quote}`).join(''))
const aside = fc.constantFrom('', '<!-- a > b -->', '<?go on?>', '<![CDATA[<x> & ]]>')
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, fc.array(fc.oneof({ maxDepth: 3 }, words, aside, tie('element')), { maxLength: 4 }), fc.boolean())
    .map(([own, given, inner, open]) => (open || inner.length > 0 ? `<${own}${given}>${inner.join('')}</${own}>` : `<${own}${given}/>`)),
}))
const document = fc.tuple(fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n'), element).map((parts) => parts.join(''))
const cuts = fc.array(fc.nat(), { maxLength: 6 })

test('a sound text is read as sax reads it, wherever it is cut into pieces', () => {
  fc.assert(
    fc.property(document, cuts, (text, places) => {
      const read = ours(cutAt(text, places))
      expect(read).not.toBe('refused')
      expect(read).toEqual(bySax(text))
    }),
    { numRuns: 2_000 },
  )
})

test('of a text with something wrong in it nothing is read that sax refuses, and nothing else than sax reads', () => {
  const slip = fc.record({
    at: fc.nat(),
    without: fc.nat({ max: 3 }),
    put: fc.constantFrom(
      '',
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      '=',
      '!',
      '-',
      ' ',
      '<!',
      '</c>',
      '<c>',
      ']]>',
      '--',
      '\u00a0',
      '&b;',
      '&#0;',
      '<!DOCTYPE x>',
      '1',
    ),
  })
  const seen = { refused: 0, read: 0 }
  fc.assert(
    fc.property(document, fc.array(slip, { minLength: 1, maxLength: 3 }), cuts, (text, slips, places) => {
      const wrong = slips.reduce((own, { at, without, put }) => {
        const place = at % (own.length + 1)
        return own.slice(0, place) + put + own.slice(place + without)
      }, text)
      const read = ours(cutAt(wrong, places))
      seen[read === 'refused' ? 'refused' : 'read'] += 1
      if (read !== 'refused') expect(read).toEqual(bySax(wrong))
    }),
    { numRuns: 10_000 },
  )
  expect(seen.refused).toBeGreaterThan(500)
  expect(seen.read).toBeGreaterThan(500)
})

test('an attribute that is written twice, a nest too deep, and a tag without an end are refused', () => {
  expect(ours(['<c r="1" r="2"/>'])).toBe('refused')
  expect(ours(['<c>'.repeat(65), '</c>'.repeat(65)])).toBe('refused')
  expect(ours(Array.from({ length: 100 }, () => '<c '.padEnd(10_000)))).toBe('refused')
})
