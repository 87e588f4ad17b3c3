import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, delimited, type EncodingOut, encoded, type Quirks, xlsx } from '../../../test/spreadsheets.ts'
import { readPupils, seeFile } from './read-file.ts'

const today = new Date('2026-03-02T01:00:00Z')

type Pupil = {
  readonly name: string
  readonly studentNumber: string | null
  readonly sex: 'female' | 'male'
  readonly birthDate: string
  readonly className: string
  readonly leftBehind: boolean | null
}

const name = fc.oneof(
  fc.array(fc.constantFrom(...'陈小雨李明欧阳娜王芳赵钱孙'), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('')),
  fc.constantFrom('阿依古丽·买买提', 'Chen Yu', '=SUM(A1)', '+86', '@王', "O'Neil", '张"三"', '李,四'),
)
const birthDate = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2018-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const number = fc.oneof(
  fc.constant(null),
  fc.nat({ max: 99_999_999 }).map((own) => String(own + 10_000_000)),
  fc.nat({ max: 999_999 }).map((own) => `G3301022013${own}`),
)
const pupils: fc.Arbitrary<readonly Pupil[]> = fc.array(
  fc.record({
    name,
    studentNumber: number,
    sex: fc.constantFrom('female' as const, 'male' as const),
    birthDate,
    className: fc.constantFrom('七(1)班', '七(2)班', '八年级3班'),
    leftBehind: fc.constantFrom(true, false, null),
  }),
  { minLength: 1, maxLength: 12 },
)

const wide = (text: string) => text.replace(/[0-9A-Z]/g, (own) => String.fromCharCode(own.charCodeAt(0) + 0xfee0))
const firstDay = { plain: Date.UTC(1899, 11, 30), mac: Date.UTC(1904, 0, 1) }
const serial = (date: string, date1904: boolean) => (Date.parse(date) - firstDay[date1904 ? 'mac' : 'plain']) / 86_400_000
const spelt: readonly ((date: string) => string)[] = [
  (date) => date,
  (date) => date.replace(/-0?/g, '/'),
  (date) => date.replace(/-/g, ''),
  (date) => `${date.replace('-', '年').replace('-', '月')}日`,
  (date) => wide(date),
  (date) => `${date} 00:00:00`,
]
const padded = (own: string) => (/^\p{Script=Han}{2}$/u.test(own) ? [...own].join('　') : own)
const said = { female: ['女', 'female', ' 女生 '], male: ['男', 'M', '男性'] } as const
const header = ['姓 名', '学籍号（必填）', '性别', '出生日期', '班级', '是否留守']

type Way = { readonly date: number; readonly sex: number; readonly wide: boolean; readonly padded: boolean }
const way: fc.Arbitrary<Way> = fc.record({ date: fc.nat({ max: 20 }), sex: fc.nat({ max: 2 }), wide: fc.boolean(), padded: fc.boolean() })

const textOf = (pupil: Pupil, own: Way): readonly string[] => [
  own.padded ? padded(pupil.name) : pupil.name,
  own.wide ? wide(pupil.studentNumber ?? '') : (pupil.studentNumber ?? ''),
  said[pupil.sex][own.sex]!,
  spelt[own.date % spelt.length]!(pupil.birthDate),
  pupil.className,
  pupil.leftBehind === null ? '' : pupil.leftBehind ? '是' : '否',
]

const read = async (file: Buffer) => {
  const { sheets } = await seeFile(file, {}, new Map())
  const settings = sheets.flatMap(({ headerRow, columns, className }, sheet) =>
    headerRow > 0 ? [{ sheet, headerRow, columns, className }] : [],
  )
  const rows = await readPupils(file, {}, settings, today)
  expect(rows.flatMap((row) => row.faults)).toEqual([])
  return rows
}
const asPupils = (rows: Awaited<ReturnType<typeof read>>) =>
  rows.map((row) => ({
    name: row.name,
    studentNumber: row.studentNumber,
    sex: row.sex,
    birthDate: row.birthDate,
    className: row.className ?? row.sheetClass,
    leftBehind: row.leftBehind,
  }))

const kinds = ['shared', 'inline', 'rich', 'formula'] as const
const cellOf = (text: string, kind: (typeof kinds)[number]): Cell => {
  if (text === '') return null
  if (kind === 'inline') return { inline: text }
  if (kind === 'rich') return { rich: [text.slice(0, 1), text.slice(1)] }
  return kind === 'formula' ? { formula: 'VLOOKUP(A1,B:C,2,0)', value: text } : text
}

describe('for any roster', () => {
  test('every pupil comes back from text in every encoding and with every separator', async () => {
    const encodings: readonly EncodingOut[] = ['utf-8', 'utf-8 with mark', 'gbk', 'utf-16le with mark', 'utf-16be with mark', 'utf-16le']
    await fc.assert(
      fc.asyncProperty(
        pupils,
        way,
        fc.constantFrom(...encodings),
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('\r\n', '\n'),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        fc.nat({ max: 2 }),
        async (list, own, encoding, delimiter, end, order, blank) => {
          const lines = [header, ...list.map((pupil) => textOf(pupil, own))].map((line) => order.map((place) => line[place]!))
          const blanks = Array.from({ length: blank }, () => header.map(() => ''))
          const text = delimited(
            [['学生名册', '', '', '', '', ''], ...blanks, ...lines.slice(0, 1), ...blanks, ...lines.slice(1)],
            delimiter,
            end,
          )
          expect(asPupils(await read(encoded(text, encoding)))).toEqual(list)
        },
      ),
      { numRuns: 120 },
    )
  })

  test('every pupil comes back from a workbook, however its cells, dates and numbers are kept', async () => {
    const quirks: fc.Arbitrary<Quirks> = fc.record({ date1904: fc.boolean(), prefix: fc.constantFrom('', 'x:'), references: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(pupils, way, fc.constantFrom(...kinds), quirks, fc.nat({ max: 2 }), async (list, own, kind, given, dateKind) => {
        const { date1904 = false } = given
        const dateCell = (date: string): Cell => {
          if (dateKind === 0) return { number: serial(date, date1904), look: 'date' }
          return dateKind === 1 ? { number: `${serial(date, date1904)}.0` } : spelt[own.date % spelt.length]!(date)
        }
        const rows = list.map((pupil): Cell[] => {
          const cells: Cell[] = textOf(pupil, own).map((text) => cellOf(text, kind))
          const digits = /^[1-9]\d{7}$/.test(pupil.studentNumber ?? '')
          // without references an empty cell cannot be told from none
          return [...cells, null].map((cell, column) => {
            if (column === 1 && digits) return { number: `${pupil.studentNumber}.0` }
            return column === 3 ? dateCell(pupil.birthDate) : column === 6 ? { inline: ' ' } : cell === null ? { inline: ' ' } : cell
          })
        })
        const file = xlsx([{ name: '名单', rows: [['学生名册'], header, ...rows] }], given)
        expect(asPupils(await read(file))).toEqual(list)
      }),
      { numRuns: 120 },
    )
  })

  test('a class that is written once in a merged cell is the class of every row beside it, and of no other', async () => {
    await fc.assert(
      fc.asyncProperty(pupils, pupils, async (first, second) => {
        const own: Way = { date: 0, sex: 0, wide: false, padded: false }
        const rowsOf = (list: readonly Pupil[], className: string) =>
          list.map((pupil, place): Cell[] =>
            textOf(pupil, own).map((text, column) => (column === 4 ? (place === 0 ? className : null) : text || null)),
          )
        const [top, middle] = [3, 3 + first.length]
        const rows = [['名册'], header, ...rowsOf(first, '七(1)班'), ...rowsOf(second, '八(2)班')]
        const merges = ['A1:F1', `E${top}:E${middle - 1}`, `E${middle}:E${middle + second.length - 1}`]
        const read7 = await read(xlsx([{ name: '名单', rows, merges }]))
        expect(read7.map((row) => row.className)).toEqual([...first.map(() => '七(1)班'), ...second.map(() => '八(2)班')])
        expect(read7.map((row) => row.row)).toEqual([...first, ...second].map((_, place) => top + place))
      }),
      { numRuns: 40 },
    )
  })

  test('every sheet that is called by a class gives its name to its pupils', async () => {
    await fc.assert(
      fc.asyncProperty(pupils, pupils, async (first, second) => {
        const own: Way = { date: 0, sex: 0, wide: false, padded: false }
        const without = (list: readonly Pupil[]) =>
          list.map((pupil): Cell[] => textOf(pupil, own).map((text, column) => (column === 4 || text === '' ? null : text)))
        const heads: Cell[] = header.map((word, column) => (column === 4 ? null : word))
        const sheets = [
          { name: '说明', rows: [['请填写']] },
          { name: '七年级1班', rows: [heads, ...without(first)] },
          { name: '七年级2班', rows: [heads, ...without(second)] },
        ]
        const rows = await read(xlsx(sheets))
        expect(rows.map((row) => row.sheetClass)).toEqual([...first.map(() => '七年级1班'), ...second.map(() => '七年级2班')])
      }),
      { numRuns: 30 },
    )
  })
})

const one = async (cells: Readonly<Record<string, Cell>>) => {
  const file = xlsx([{ name: '', rows: [Object.keys(cells), Object.values(cells)] }])
  const { columns } = (await seeFile(file, {}, new Map())).sheets[0]!
  return (await readPupils(file, {}, [{ sheet: 0, headerRow: 1, columns, className: null }], today))[0]!
}

describe('a row', () => {
  test('in which a stroke stands for nothing is read as having nothing there', async () => {
    const read = await one({ 姓名: '王芳', 学号: '/', 性别: '女', 出生日期: '2013-05-09', 留守情况: '——' })
    expect(read).toMatchObject({ studentNumber: null, leftBehind: null, faults: [] })
    expect((await one({ 姓名: '/', 性别: '女' })).faults.map((fault) => fault.kind)).toEqual(['empty'])
  })

  test('whose number the spreadsheet has shortened is told so, and its digits are not guessed', async () => {
    for (const lost of [{ number: '4.4030120130509E+17' }, '4.40301E+17', { number: '123456789012345678' }] as const) {
      const { studentNumber, faults } = await one({ 姓名: '王芳', 学号: lost })
      expect(studentNumber).toBeNull()
      expect(faults.map((fault) => [fault.field, fault.kind])).toEqual([['studentNumber', 'rounded']])
    }
    expect((await one({ 姓名: '王芳', 学号: { number: 123, look: 'zeros' } })).studentNumber).toBe('00000123')
  })

  test('takes birth date and sex from an identity number that is right, where they are not written', async () => {
    const right = '110105201305090064'
    expect(await one({ 姓名: '王芳', 身份证号: right })).toMatchObject({ sex: 'female', birthDate: '2013-05-09', faults: [] })
    expect(await one({ 姓名: '王芳', 身份证号: right, 性别: '男', 出生日期: '2013-05-08' })).toMatchObject({
      sex: 'male',
      birthDate: '2013-05-08',
    })
    expect(await one({ 姓名: '王芳', 身份证号: right, 出生年月: '2013.05' })).toMatchObject({ birthDate: '2013-05-09', faults: [] })
    const wrong = await one({ 姓名: '王芳', 身份证号: '110105201305090065' })
    expect(wrong.faults).toEqual([{ field: 'nationalId', kind: 'national-id', text: '' }])
    expect(JSON.stringify(await one({ 姓名: '王芳', 身份证号: right }))).not.toContain(right)
  })

  test.each([
    ['出生日期', '2013-02-29', 'date'],
    ['出生日期', '13-5-9', 'date'],
    ['出生日期', '2013年5月', 'month-only'],
    ['出生日期', '1950-01-01', 'age'],
    ['性别', '不详', 'sex'],
    ['留守情况', '偶尔', 'left-behind'],
    ['姓名', '', 'empty'],
    ['姓名', '#REF!', 'formula-error'],
    ['姓名', '王'.repeat(61), 'long'],
  ])('with %s “%s” is told what is wrong', async (column, text, kind) => {
    const cells = { 姓名: '王芳', 性别: '女', 出生日期: '2013-05-09', [column]: text === '' ? null : text }
    expect((await one(cells)).faults.map((fault) => fault.kind)).toEqual([kind])
  })

  test('that repeats the header, as on every printed page, or is empty where it matters is no pupil', async () => {
    const heads = ['姓名', '性别', '出生日期', '班级']
    const rows: Cell[][] = [
      heads,
      ['王芳', '女', '2013-05-09', '七1班'],
      heads,
      [null, null, null, '七1班'],
      ['李明', '男', '2013-05-09', null],
      ['　', ' ', null, null],
    ]
    expect((await read(xlsx([{ name: '', rows }]))).map((row) => [row.row, row.name])).toEqual([
      [2, '王芳'],
      [5, '李明'],
    ])
  })
})

test('a hidden sheet, such as the roster of last year, is not read and not shown', async () => {
  const rows: Cell[][] = [
    ['姓名', '性别'],
    ['王芳', '女'],
  ]
  const file = xlsx([
    { name: '去年', rows, hidden: true },
    { name: '今年', rows },
  ])
  expect((await seeFile(file, {}, new Map())).sheets.map((sheet) => sheet.name)).toEqual(['今年'])
})

test('of two columns for one thing the better named is read, and a header such as __proto__ or constructor names nothing', async () => {
  const rows: Cell[][] = [
    ['学籍号', '姓名', '学号', '__proto__', 'constructor', 'toString', '监护人', '联系电话', '备注'],
    ['G1', '王芳', 'S1', 'x', 'y', 'z', '王某', '138', ''],
  ]
  const { columns } = (await seeFile(xlsx([{ name: '', rows }]), {}, new Map())).sheets[0]!
  expect(columns).toEqual([null, 'name', 'studentNumber', null, null, null, null, null, null])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('a formula is never reckoned: the value with which it was saved is read, and without one the cell is empty', async () => {
  const rows: Cell[][] = [
    ['姓名', '学号', '性别'],
    [{ formula: 'HYPERLINK("http://127.0.0.1/","x")', value: '王芳' }, { formula: '1+1', value: '' }, '=女'],
  ]
  const file = xlsx([{ name: '', rows }])
  const [row] = await readPupils(file, {}, [{ sheet: 0, headerRow: 1, columns: ['name', 'studentNumber', 'sex'], className: null }], today)
  expect(row).toMatchObject({ name: '王芳', studentNumber: null, sex: null, faults: [{ field: 'sex', kind: 'sex', text: '=女' }] })
})
