// Writes .xlsx files and encoded text for tests and benches, with the quirks that schools' files have.
import { crc32, deflateRawSync } from 'node:zlib'

type Entry = { readonly name: string; readonly bytes: Buffer; readonly declared?: number }

/** A zip archive; `declared` lies about the unpacked size. */
export const zip = (entries: readonly Entry[]): Buffer => {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, bytes, declared = bytes.length } of entries) {
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(0x0800, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(declared, 18)
    head.writeUInt16LE(path.length, 22)
    const place = Buffer.alloc(46 - 32)
    place.writeUInt32LE(at, 10)
    pieces.push(Buffer.from('PK\x03\x04', 'latin1'), head, path, packed)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, place, path)
    at += 30 + path.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, central, end])
}

export type Cell =
  | string
  | null
  | { readonly number: number | string; readonly look?: 'date' | 'zeros' }
  | { readonly formula: string; readonly value: string }
  | { readonly inline: string }
  | { readonly rich: readonly string[] }
export type SheetOut = {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  readonly merges?: readonly string[]
  readonly hidden?: boolean
}
export type Quirks = { readonly date1904?: boolean; readonly prefix?: string; readonly references?: boolean }

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const columnName = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : columnName(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26))

const looks = { plain: 0, date: 1, zeros: 2 } as const

const sheetXml = ({ rows, merges = [] }: SheetOut, shared: (text: string) => number, { prefix = '', references = true }: Quirks = {}) => {
  const t = (name: string) => `${prefix}${name}`
  const cell = (value: Cell, column: number, row: number): string => {
    if (value === null) return ''
    const where = references ? ` r="${columnName(column)}${row}"` : ''
    const v = (text: string | number) => `<${t('v')}>${text}</${t('v')}>`
    const open = (more: string, inner: string) => `<${t('c')}${where}${more}>${inner}</${t('c')}>`
    if (typeof value === 'string') return open(' t="s"', v(shared(value)))
    if ('number' in value) return open(value.look ? ` s="${looks[value.look]}"` : '', v(value.number))
    if ('formula' in value) return open(' t="str"', `<${t('f')}>${escaped(value.formula)}</${t('f')}>${v(escaped(value.value))}`)
    if ('rich' in value)
      return open(
        ' t="inlineStr"',
        `<${t('is')}>${value.rich.map((run) => `<${t('r')}><${t('t')} xml:space="preserve">${escaped(run)}</${t('t')}></${t('r')}>`).join('')}</${t('is')}>`,
      )
    return open(' t="inlineStr"', `<${t('is')}><${t('t')}>${escaped(value.inline)}</${t('t')}></${t('is')}>`)
  }
  const lines = rows.map((cells, place) => {
    const inner = cells.map((value, column) => cell(value, column, place + 1)).join('')
    return inner === '' && references ? '' : `<${t('row')}${references ? ` r="${place + 1}"` : ''}>${inner}</${t('row')}>`
  })
  const merged =
    merges.length > 0 ? `<${t('mergeCells')}>${merges.map((ref) => `<${t('mergeCell')} ref="${ref}"/>`).join('')}</${t('mergeCells')}>` : ''
  const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const xmlns = prefix ? `xmlns:${prefix.slice(0, -1)}` : 'xmlns'
  return `<?xml version="1.0" encoding="UTF-8"?><${t('worksheet')} ${xmlns}="${namespace}"><${t('sheetData')}>${lines.join('')}</${t('sheetData')}>${merged}</${t('worksheet')}>`
}

const relationships = (targets: readonly (readonly [id: string, target: string])[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(([id, target]) => `<Relationship Id="${id}" Type="x" Target="${target}"/>`)
    .join('')}</Relationships>`

const styles =
  '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="00000000"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'

/** The parts of a workbook, so that a test may break one of them. */
export const workbookParts = (sheets: readonly SheetOut[], quirks: Quirks = {}): Map<string, string> => {
  const strings = new Map<string, number>()
  const shared = (text: string) => {
    if (!strings.has(text)) strings.set(text, strings.size)
    return strings.get(text)!
  }
  const parts = new Map<string, string>()
  for (const [place, sheet] of sheets.entries()) parts.set(`xl/worksheets/sheet${place + 1}.xml`, sheetXml(sheet, shared, quirks))
  const named = sheets
    .map(
      ({ name, hidden }, place) =>
        `<sheet name="${escaped(name)}"${hidden ? ' state="hidden"' : ''} sheetId="${place + 1}" r:id="rId${place + 1}"/>`,
    )
    .join('')
  parts.set('_rels/.rels', relationships([['rId1', 'xl/workbook.xml']]))
  parts.set(
    'xl/workbook.xml',
    `<workbook xmlns:r="r"><workbookPr${quirks.date1904 ? ' date1904="1"' : ''}/><sheets>${named}</sheets></workbook>`,
  )
  const own = sheets.map((_, place) => [`rId${place + 1}`, `worksheets/sheet${place + 1}.xml`] as const)
  parts.set('xl/_rels/workbook.xml.rels', relationships([...own, ['rIdS', 'sharedStrings.xml'], ['rIdF', 'styles.xml']]))
  parts.set('xl/styles.xml', styles)
  parts.set(
    'xl/sharedStrings.xml',
    `<sst>${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
  )
  return parts
}

export const zipParts = (parts: ReadonlyMap<string, string>) => zip([...parts].map(([name, text]) => ({ name, bytes: Buffer.from(text) })))
export const xlsx = (sheets: readonly SheetOut[], quirks: Quirks = {}) => zipParts(workbookParts(sheets, quirks))

const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell
export const delimited = (rows: readonly (readonly string[])[], delimiter: string, end = '\r\n') =>
  rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter)).join(end)

let gbk: ReadonlyMap<string, readonly [number, number]> | null = null
/** The two-byte part of GB18030, which is GBK, turned round from Node's own decoder. */
const gbkTable = () => {
  if (gbk) return gbk
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, readonly [number, number]>()
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) {
      if (second === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(first, second))
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, [first, second])
    }
  gbk = table
  return table
}

export type EncodingOut = 'utf-8' | 'utf-8 with mark' | 'gbk' | 'utf-16le with mark' | 'utf-16be with mark' | 'utf-16le'
export const encoded = (text: string, encoding: EncodingOut): Buffer => {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16le with mark') return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (encoding === 'utf-16be with mark') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  const table = gbkTable()
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0)!
    if (code < 0x80) return [code]
    const pair = table.get(character)
    if (!pair) throw new Error(`GBK has no ${character}`)
    return [...pair]
  })
  return Buffer.from(bytes)
}
