import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { isProven, type Parts, pack, unpack } from './file.ts'

const id = '019cac10-10e0-70f8-8473-5b0908e8c3c3'
const secret = 'a'.repeat(64)
const heading = {
  ...{
    kind: 'day' as const,
    software: '1',
    simulated: false,
    migrations: ['0001-house.sql'],
    countyId: id,
    countyName: '县',
    schoolId: id,
  },
  ...{ schoolName: '校', kitId: id, counter: 1, writtenBy: null, writtenAt: '2026-03-02T01:00:00Z', validUntil: '2026-05-01T01:00:00Z' },
}
const parts: Parts = new Map([['screening.unit', { columns: ['id', 'name'], rows: [{ row: { id, name: '一\n班' }, seen: [] }] }]])
const known = ['0001-house.sql', '0002-roster.sql']
const codeOf = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const altered = (change: (manifest: Record<string, unknown>) => void, body = (text: string) => text) => {
  const [line, ...rest] = gunzipSync(pack(heading, parts, secret))
    .toString()
    .split('\n')
  const manifest = JSON.parse(line!) as Record<string, unknown>
  change(manifest)
  return gzipSync(`${JSON.stringify(manifest)}\n${body(rest.join('\n'))}`)
}

test('what was packed is unpacked, row by row, with what it says of itself', () => {
  const { manifest, parts: found } = unpack(pack(heading, parts, secret), 'day', known)
  expect([...found]).toEqual([...parts])
  expect(manifest).toMatchObject({ ...heading, counts: { 'screening.unit': 1 } })
})

test('a file of a newer program is refused before anything else in it is read', () => {
  expect(codeOf(() => unpack(pack({ ...heading, migrations: [...known, '0099-later.sql'] }, parts), 'day', known))).toBe(
    'kit.newer-program',
  )
  expect(
    codeOf(() =>
      unpack(
        altered((manifest) => Object.assign(manifest, { formatVersion: 2, strange: 1 })),
        'day',
        known,
      ),
    ),
  ).toBe('kit.newer-program')
})

test('a kit is no day and a day no kit', () => {
  expect(codeOf(() => unpack(pack(heading, parts), 'kit', known))).toBe('kit.is-a-day')
  expect(codeOf(() => unpack(pack({ ...heading, kind: 'kit' }, parts), 'day', known))).toBe('kit.is-a-kit')
})

test.each([
  [
    'a row that was changed',
    () =>
      altered(
        () => {},
        (body) => body.replace('班', '级'),
      ),
  ],
  ['a column that was not announced', () => altered((manifest) => Object.assign(manifest, { columns: { 'screening.unit': ['id'] } }))],
  ['a manifest with something unknown in it', () => altered((manifest) => Object.assign(manifest, { strange: 1 }))],
  ['no packed file at all', () => Buffer.from('x')],
])('%s is damage', (_, file) => {
  expect(codeOf(() => unpack(file(), 'day', known))).toBe('kit.file-damaged')
})

test('only who holds the secret of the kit proves a day', () => {
  const { manifest } = unpack(pack(heading, parts, secret), 'day', known)
  expect([isProven(manifest, secret), isProven(manifest, 'b'.repeat(64)), isProven({ ...manifest, proof: undefined }, secret)]).toEqual([
    true,
    false,
    false,
  ])
})
