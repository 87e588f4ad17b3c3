import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOf } from './cells.ts'
import { type Column, columns } from './columns.ts'
import { type RowFault, readList, readyPupils } from './read-list.ts'

const today = new Date('2026-03-03T12:00:00Z')
const header = '姓名\t学号\t性别\t出生日期\t是否留守'
const read = (text: string) => readList(text, today, [])
const faultsOf = (text: string): readonly RowFault[] => read(text).rows.flatMap((row) => row.faults)
const faultOf = (text: string) => {
  const { row, column, kind } = faultsOf(text)[0] ?? { row: 0, column: null, kind: null }
  return [row, column, kind]
}

describe('a list of pupils', () => {
  test('is read with a header line and without one', () => {
    const pupil = { name: '陈小雨', studentNumber: '20230701', sex: 'female', birthDate: '2013-05-09', leftBehind: true }
    const line = '陈小雨\t20230701\t女\t2013-05-09\t是'
    expect(readyPupils(read(`${header}\n${line}`))).toEqual([pupil])
    expect(readyPupils(read(line))).toEqual([pupil])
    expect(readyPupils(read(`七年级1班名单\n${header}\r\n\r\n${line}\r\n`))).toEqual([pupil])
  })

  test('is read in either language, and without what may be left out', () => {
    expect(readyPupils(read('Sex,Date of birth (required),Name\nmale,2013/5/9,Chen Yu'))).toEqual([
      { name: 'Chen Yu', sex: 'male', birthDate: '2013-05-09' },
    ])
    expect(readyPupils(read('陈小雨，，女，2013年5月9日，否'))).toEqual([
      { name: '陈小雨', sex: 'female', birthDate: '2013-05-09', leftBehind: false },
    ])
  })

  test('takes a date as spreadsheets write it, and no date that the calendar lacks', () => {
    for (const date of ['2013-05-09', '2013/5/9', '2013.5.9', '2013年5月9日', '２０１３年５月９日', '20130509', '2013-05-09 00:00:00'])
      expect(read(`陈小雨\t\t女\t${date}`).rows[0]?.pupil?.birthDate, date).toBe('2013-05-09')
    for (const date of ['2013-02-29', '13-5-9', '9/5/2013', '41403', '2013-5/9', '2013年13月1日'])
      expect(faultOf(`陈小雨\t\t女\t${date}`), date).toEqual([1, 'birthDate', 'date'])
  })

  test('takes pupils from their fifth birthday to the day before their twenty-sixth', () => {
    const kindOn = (date: string) => faultOf(`陈小雨\t\t女\t${date}`)[2]
    expect([kindOn('2021-03-03'), kindOn('2021-03-04')]).toEqual([null, 'age'])
    expect([kindOn('2000-03-04'), kindOn('2000-03-03')]).toEqual([null, 'age'])
  })

  test('names every wrong cell by its row and column', () => {
    const text = `${header}\n\t1\t女\t2013-05-09\t\n李明\t2\t不详\t五月\t有时`
    expect(faultsOf(text)).toEqual([
      { row: 1, column: 'name', kind: 'empty' },
      { row: 2, column: 'sex', kind: 'sex' },
      { row: 2, column: 'birthDate', kind: 'date' },
      { row: 2, column: 'leftBehind', kind: 'left-behind' },
    ])
    expect(readyPupils(read(text))).toBeNull()
  })

  test('a student number that the spreadsheet has shortened is not taken for a number', () => {
    expect(faultOf('陈小雨\t2.02307E+11\t女\t2013-05-09')).toEqual([1, 'studentNumber', 'rounded'])
  })

  test('a name padded for alignment loses the padding, a foreign one keeps its space', () => {
    expect(read('张　 三\t\t男\t2013-05-09').rows[0]?.pupil?.name).toBe('张三')
    expect(read('Chen  Yu\t\t男\t2013-05-09').rows[0]?.pupil?.name).toBe('Chen Yu')
  })

  test('no child stands in it twice, nor when the class has her already', () => {
    const twice = '陈小雨\t1\t女\t2013-05-09\n李明\t1\t男\t2013-01-01'
    expect(faultsOf(twice)).toEqual([{ row: 2, column: 'studentNumber', kind: 'twice', other: 1 }])
    expect(faultsOf('李明\t\t男\t2013-01-01\n李明\t\t男\t2013/1/1')).toEqual([{ row: 2, column: 'name', kind: 'twice', other: 1 }])
    expect(faultsOf('李明\t1\t男\t2013-01-01\n李明\t2\t男\t2013-01-01')).toEqual([])
    const enrolled = [{ name: '李明', birthDate: '2013-01-01', studentNumber: null }]
    expect(readList('李明\t7\t男\t2013-01-01', today, enrolled).rows[0]?.faults).toEqual([{ row: 1, column: 'name', kind: 'enrolled' }])
  })

  test('columns that nobody asked for are named and not read', () => {
    const list = read('姓名\t身份证号\t性别\t出生日期\t姓名\n陈小雨\t430000\t女\t2013-05-09\t别名')
    expect(list.ignored).toEqual(['身份证号', '姓名'])
    expect(readyPupils(list)).toEqual([{ name: '陈小雨', sex: 'female', birthDate: '2013-05-09' }])
  })

  test('says which column is missing, and that six columns need a header', () => {
    expect(read('姓名\t学号\n陈小雨\t1').faults).toEqual([
      { kind: 'column-missing', column: 'sex' },
      { kind: 'column-missing', column: 'birthDate' },
    ])
    expect(read('1\t陈小雨\t2\t女\t2013-05-09\t是').faults).toEqual([{ kind: 'header-needed' }])
  })

  test('holds at most 200 pupils', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => `学生\t${n}\t女\t2013-05-09`).join('\n')
    expect(readyPupils(read(lines(200)))).toHaveLength(200)
    expect(read(lines(201)).faults).toEqual([{ kind: 'too-many', count: 201 }])
  })

  test('nothing is ready where nothing was pasted', () => {
    for (const text of ['', ' \n\t\n', header]) expect(readyPupils(read(text))).toBeNull()
  })
})

const named = fc
  .array(fc.constantFrom('陈', '小', '雨', 'a', 'B', '"', "'", '·', '𠮷'), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join(''))
const dated = fc
  .date({ min: new Date('2002-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const pupils = fc
  .array(
    fc.record(
      { name: named, sex: fc.constantFrom('female' as const, 'male' as const), birthDate: dated, leftBehind: fc.boolean() },
      { requiredKeys: ['name', 'sex', 'birthDate'] },
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((list) => list.map((pupil, position) => ({ ...pupil, studentNumber: `S${position}` })))

const sheetWords: Readonly<Record<string, string>> = { female: '女', male: 'male', true: '是', false: 'No' }
const words: Readonly<Record<Column, string>> = {
  name: '姓名',
  studentNumber: 'Student number',
  sex: '性别',
  birthDate: '生日',
  leftBehind: 'Left behind',
}
const quote = (cell: string) => `"${cell.replace(/"/g, '""')}"`
const spelt = [
  (date: string) => date,
  (date: string) => date.replace(/-0?/g, '/'),
  (date: string) => `${date.replace('-', '年').replace('-', '月')}日`,
]

describe('for any list', () => {
  test('columns may stand in any order, with either separator, and every pupil comes back as written', () => {
    const orders = fc.shuffledSubarray([...columns], { minLength: columns.length })
    fc.assert(
      fc.property(
        pupils,
        orders,
        fc.constantFrom('\t', ','),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(...spelt),
        (list, order, by, end, spell) => {
          const cell = (pupil: (typeof list)[number], column: Column) => {
            const value = String(pupil[column] ?? '')
            return quote(column === 'birthDate' ? spell(value) : column === 'name' ? value : (sheetWords[value] ?? value))
          }
          const lines = [order.map((column) => words[column]), ...list.map((pupil) => order.map((column) => cell(pupil, column)))]
          expect(readyPupils(read(lines.map((line) => line.join(by)).join(end)))).toEqual(list)
        },
      ),
    )
  })

  test('quoted cells come back whole from either kind of text', () => {
    const cells = fc.array(
      fc.array(fc.constantFrom('a', '雨', ',', '"', '，', 'b').map(String), { minLength: 1 }).map((parts) => parts.join('')),
      { minLength: 2 },
    )
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1 }), fc.constantFrom('\t', ','), (rows, by) => {
        expect(cellsOf(rows.map((row) => row.map(quote).join(by)).join('\n'))).toEqual(rows)
      }),
    )
  })

  test('whatever is pasted is read without an error, and a row is either a pupil or says what is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'姓名性别出生日期\t,，\n"女男2013-59 \u0000\ufeff') }), (text) => {
        for (const row of read(text).rows) expect(row.pupil === null).toBe(row.faults.length > 0)
      }),
    )
  })
})
