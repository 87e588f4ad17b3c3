import { expect, test, vi } from 'vitest'
import { print, tableText } from './print.ts'

test('a table lines up its columns, Chinese included, with numbers to the right', () => {
  const rows = [
    ['截距', 1.234567, 12],
    ['arm', -0.000123456, 3],
  ] as const
  expect(tableText({ title: 'coefficients', columns: ['name', 'estimate', 'n'], rows })).toBe(
    'coefficients\n  name     estimate   n\n  截距       1.2346  12\n  arm   -0.00012346   3',
  )
})

test('a record is printed as JSON with every digit, or as tables and notes', () => {
  const lines: string[] = []
  const listening = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  print(true, { estimate: 0.1 + 0.2 }, [])
  print(false, {}, [{ title: 'variances', columns: ['school'], rows: [[2]] }], ['the fit is singular'])
  listening.mockRestore()
  expect(lines).toEqual(['{\n  "estimate": 0.30000000000000004\n}', 'variances\n  school\n       2\n\nthe fit is singular'])
})
