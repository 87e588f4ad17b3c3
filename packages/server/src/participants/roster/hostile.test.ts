// SEC-08: files that were made to hurt, and files that are merely broken. Each is answered with its own sentence; nothing else happens.
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type Cell, encoded, workbookParts, xlsx, zip, zipParts } from '../../../test/spreadsheets.ts'
import { FileFault } from './file-fault.ts'
import { type RosterReader, rosterReader } from './in-worker.ts'
import { limits } from './limits.ts'
import { readPupils, seeFile } from './read-file.ts'

vi.setConfig({ testTimeout: 60_000 })

const rows: Cell[][] = [
  ['姓名', '性别', '出生日期'],
  ['王芳', '女', '2013-05-09'],
]
const good = xlsx([{ name: '名单', rows }])
const withPart = (name: string, text: string) => zipParts(new Map([...workbookParts([{ name: '名单', rows }]), [name, text]]))
const sheet = (inner: string) => withPart('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${inner}</sheetData></worksheet>`)
const pupilRow = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>性别</t></is></c></row>'
const ole = (name: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')])

const entity =
  '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
const external = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'
const hostile: readonly (readonly [what: string, file: () => Buffer, code: string])[] = [
  ['a part with entities that grow', () => withPart('xl/worksheets/sheet1.xml', entity), 'roster.file-unsafe'],
  ['a part that asks for a file of this computer', () => withPart('xl/worksheets/sheet1.xml', external), 'roster.file-unsafe'],
  ['a shared text that asks for one', () => withPart('xl/sharedStrings.xml', external), 'roster.file-unsafe'],
  ['a part a million elements deep', () => sheet('<a>'.repeat(1_000_000)), 'roster.file-unsafe'],
  ['a part that unpacks to 300 MB', () => zip([{ name: 'xl/workbook.xml', bytes: Buffer.alloc(300_000_000, 32) }]), 'roster.file-heavy'],
  [
    'a part that says it is small and is not',
    () =>
      zip(
        [...workbookParts([{ name: '名单', rows }])].map(([name, text]) => ({
          name,
          bytes: Buffer.from(name.includes('sheet1') ? text.padEnd(50_000_000) : text),
          declared: Math.min(1000, text.length),
        })),
      ),
    'roster.file-heavy',
  ],
  [
    'an archive of many thousand parts',
    () => zip(Array.from({ length: limits.entries + 1 }, (_, place) => ({ name: `n${place}`, bytes: Buffer.alloc(0) }))),
    'roster.file-heavy',
  ],
  ['an archive within an archive', () => zip([{ name: 'inner.xlsx', bytes: good }]), 'roster.file-damaged'],
  ['more rows than can be', () => Buffer.from(`姓名,性别\n${'王芳,女\n'.repeat(limits.lines + 1)}`), 'roster.rows-many'],
  ['more rows of a workbook than can be', () => sheet('<row><c t="b"><v>1</v></c></row>'.repeat(limits.lines + 1)), 'roster.rows-many'],
  ['a row far below the last that a spreadsheet has', () => sheet(pupilRow.replace('r="1"', 'r="1e30"')), 'roster.file-damaged'],
  ['half a row', () => sheet(pupilRow.replace('r="1"', 'r="1.5"')), 'roster.file-damaged'],
  ['two rows of one number, so that a decision about one would be one about both', () => sheet(pupilRow.repeat(2)), 'roster.file-damaged'],
  ['a row above the first', () => sheet(pupilRow.replace('r="1"', 'r="-5"')), 'roster.file-damaged'],
  ['a file of more than 20 MB', () => Buffer.alloc(limits.fileBytes + 1, 44), 'roster.file-heavy'],
  ['a workbook cut off in the middle', () => good.subarray(0, Math.floor(good.length / 2)), 'roster.file-damaged'],
  ['a workbook whose text is broken off', () => withPart('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row>'), 'roster.file-damaged'],
  ['a workbook without sheets', () => withPart('xl/workbook.xml', '<workbook/>'), 'roster.file-damaged'],
  ['an old workbook', () => ole('Workbook'), 'roster.file-old'],
  ['a workbook under a password', () => ole('EncryptedPackage'), 'roster.file-encrypted'],
  ['a document', () => zip([{ name: 'word/document.xml', bytes: Buffer.from('<x/>') }]), 'roster.file-unknown'],
  [
    'an OpenDocument table',
    () => zip([{ name: 'mimetype', bytes: Buffer.from('application/vnd.oasis.opendocument.spreadsheet') }]),
    'roster.file-unknown',
  ],
  ['a page that is called .xls', () => Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), 'roster.file-unknown'],
  ['a PDF', () => Buffer.from('%PDF-1.7'), 'roster.file-unknown'],
  ['bytes that are no text', () => Buffer.from([0xff, 0xff, 0x81, 0x20, 0x0a, 0xc3]), 'roster.encoding-unknown'],
  ['a quotation mark that is never closed', () => Buffer.from(`姓名,"性别\n${'王芳,女\n'.repeat(50)}`), 'roster.quote-open'],
]

describe('SEC-08: in the thread', () => {
  const see = (file: Buffer, reader: RosterReader) => reader(Uint8Array.from(file), {}, (ask) => ask('see', []))
  const reader = rosterReader()

  test.each(hostile)('%s is answered with a sentence', async (_, file, code) => {
    await expect(see(file(), reader)).rejects.toMatchObject({ code })
  })

  test('after all of them the next file is read', async () => {
    expect((await see(good, reader)).sheets[0]).toMatchObject({ headerRow: 1, columns: ['name', 'sex', 'birthDate'] })
  })

  test('a file that takes more memory or more time than a thread has ends the thread, and the next file is read', async () => {
    const many = Buffer.from(`姓名,性别\n${Array.from({ length: 90_000 }, (_, place) => `学生${place},女`).join('\n')}`)
    const setting = { sheet: 0, headerRow: 1, columns: ['name', 'sex'], className: null } as const
    const read = (reader: RosterReader) => reader(Uint8Array.from(many), {}, (ask) => ask('read', [setting], new Date()))
    for (const short of [
      { megabytes: 16, seconds: 30 },
      { megabytes: 320, seconds: 0.001 },
    ]) {
      await expect(read(rosterReader(short))).rejects.toMatchObject({ code: 'roster.file-heavy' })
      expect(await read(reader)).toBe(90_000)
    }
  })

  test('more than four files at a time are asked to come back, and those before them are read', async () => {
    const answers = await Promise.allSettled(Array.from({ length: limits.waiting + 2 }, () => see(good, reader)))
    expect(answers.map((answer) => answer.status)).toEqual([
      ...Array.from({ length: limits.waiting }, () => 'fulfilled'),
      'rejected',
      'rejected',
    ])
    expect(answers.at(-1)).toMatchObject({ reason: { code: 'roster.busy', status: 503 } })
  })
})

test('a cell at the last column of the last row, and a dimension that says so, cost nothing and hide nobody', async () => {
  const inner = `${pupilRow}<row r="2"><c r="A2" t="inlineStr"><is><t>王芳</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`
  const file = withPart(
    'xl/worksheets/sheet1.xml',
    `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${inner}</sheetData><mergeCells><mergeCell ref="C1:XFD1048576"/><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>`,
  )
  const { sheets } = await seeFile(file, {}, new Map())
  expect(sheets[0]).toMatchObject({ lines: 2, headerRow: 1 })
  expect(sheets[0]!.width).toBeLessThanOrEqual(limits.columns)
})

test('whatever happens to the bytes of a file, it is read or refused with a reason', async () => {
  const files = [good, encoded('姓名,性别,出生日期\n王芳,女,2013-05-09', 'gbk'), encoded('姓名\t性别\n王芳\t女', 'utf-16le with mark')]
  const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.array(change, { maxLength: 12 }), fc.nat(), async (file, changes, cut) => {
      const bytes = Buffer.from(file)
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte
      const broken = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes
      try {
        await seeFile(broken, {}, new Map())
      } catch (error) {
        expect(error).toBeInstanceOf(FileFault)
      }
    }),
    { numRuns: 400 },
  )
})

test('whatever columns a person names, reading them is no error', async () => {
  const columns = fc.array(
    fc.constantFrom('name' as const, 'sex' as const, 'birthDate' as const, 'studentNumber' as const, 'class' as const, null),
    { maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(columns, fc.nat({ max: 5 }), async (given, headerRow) => {
      const read = await readPupils(good, {}, [{ sheet: 0, headerRow, columns: given, className: null }], new Date('2026-03-02'))
      for (const row of read) expect(row.name !== '' || row.faults.length > 0).toBe(true)
    }),
  )
  await expect(readPupils(good, {}, [{ sheet: 7, headerRow: 1, columns: [], className: null }], new Date())).rejects.toBeInstanceOf(
    FileFault,
  )
})
