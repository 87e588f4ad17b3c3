import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { protocolOf, readCells, readRows, sha256, sheetOf } from '../test/sheets.ts'
import { codebookSchema } from './codebook.ts'
import { bundleDataset, type DatasetSheet, flagsFromDataset, manifestHash, manifestSchema, screeningManifestSchema } from './dataset.ts'
import { loadLibrary } from './library.ts'
import { seededRandom, simulateAnswers } from './simulate.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const library = await loadLibrary()
const released = library.list().filter(({ definition }) => ['phq-9', 'k6'].includes(definition.id))
const phq9 = library.get('phq-9', '1.0.0')!
const input = {
  id: 'test',
  protocol: protocolOf(released.map(({ definition }) => definition)),
  released,
  createdOn: '2026-09-01',
  codeVersion: 'test',
  deidentification: [{ 'zh-CN': '无：模拟数据', en: 'none: simulated' }],
  sha256,
}
const bundle = (sheets: readonly DatasetSheet[]) => bundleDataset({ ...input, sheets })
const random = seededRandom(5)
const sheets = Array.from({ length: 12 }, (_, position) =>
  sheetOf(phq9, `p${position}`, simulateAnswers(phq9, { latent: 0.5, random, skipRate: 0.1 })),
)
const made = bundle(sheets)

test('manifest and codebook are what their schemas say, and the manifest counts what is there', () => {
  expect(manifestSchema.parse(JSON.parse(made.files['manifest.json']))).toEqual(made.manifest)
  expect(codebookSchema.safeParse(JSON.parse(made.files['codebook.json'])).success).toBe(true)
  expect(made.manifest).toMatchObject({ rows: 12, participants: 12, schools: 1, simulated: true, notice: { en: 'simulated data' } })
})

test('a screening has no arm: not in its columns, not in its codebook, not in its manifest', () => {
  const { arms: _, allocation: _one, primary: _two, secondary: _three, ...asked } = input.protocol
  const screened = bundleDataset({ ...input, protocol: { ...asked, kind: 'screening' }, sheets })
  expect(screeningManifestSchema.parse(JSON.parse(screened.files['manifest.json']))).toEqual(screened.manifest)
  const [header, ...rows] = readCells(screened.files['data.csv'])
  const [withArm] = readCells(made.files['data.csv'])
  expect(header).toEqual(withArm!.filter((name) => name !== 'arm'))
  expect(rows.every((row) => row.length === header!.length)).toBe(true)
  expect(screened.files['codebook.json']).not.toMatch(/"name": "arm"/)
})

test('the same sheets make the same bytes', () => {
  expect(bundle(sheets)).toEqual(made)
})

test('the hash of a dataset changes when any byte of a file or any fact of the manifest changes', () => {
  const { hash, ...rest } = made.manifest
  expect(manifestHash(rest, sha256)).toBe(hash)
  fc.assert(
    fc.property(fc.constantFrom('data.csv', 'codebook.json'), fc.nat(), fc.integer({ min: 1, max: 127 }), (name, at, turn) => {
      const text = made.files[name]
      const position = at % text.length
      const other = `${text.slice(0, position)}${String.fromCharCode(text.charCodeAt(position) ^ turn)}${text.slice(position + 1)}`
      expect(sha256(other)).not.toBe(rest.files[name].sha256)
      const files = { ...rest.files, [name]: { ...rest.files[name], sha256: sha256(other) } }
      expect(manifestHash({ ...rest, files }, sha256)).not.toBe(hash)
    }),
  )
  for (const key of Object.keys(rest)) expect(manifestHash({ ...rest, [key]: 'changed' }, sha256)).not.toBe(hash)
})

test('one answer changed is another dataset', () => {
  const other = sheets.with(3, sheetOf(phq9, 'p3', { ...sheets[3]!.instruments[0]!.answers, phq9_1: 'declined' }))
  expect(bundle(other).manifest.hash).not.toBe(made.manifest.hash)
})

test('SEC-09: no cell begins a formula, whatever ids and classes are called', () => {
  const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '|', '')
  const hostile = fc.tuple(start, fc.string()).map(([first, rest]) => `${first}${rest.replaceAll('\n', ' ')}`)
  fc.assert(
    fc.property(hostile, hostile, hostile, (id, school, className) => {
      const { files } = bundle([{ ...sheets[0]!, id, school, class: className }])
      for (const cell of readCells(files['data.csv']).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r|]/)
    }),
  )
})

test('sessions attended are a column where the protocol counts them, and none where it does not', () => {
  const counted = (sessions?: number | null) =>
    bundleDataset({
      ...input,
      protocol: { ...input.protocol, sessions: 14 },
      sheets: [{ ...sheets[0]!, ...(sessions === undefined ? {} : { sessions }) }],
    })
  const cell = (sessions?: number | null) => readRows(counted(sessions).files['data.csv'])[0]!.sessions
  expect([cell(0), cell(14), cell(null), cell()]).toEqual(['0', '14', '', ''])
  const column = codebookSchema.parse(JSON.parse(counted().files['codebook.json'])).columns.find(({ name }) => name === 'sessions')
  expect(column).toMatchObject({ kind: 'design', type: 'integer', range: { from: 0, to: 14 } })
  expect(readRows(bundle([{ ...sheets[0]!, sessions: 3 }]).files['data.csv'])[0]).not.toHaveProperty('sessions')
})

test('commas and quotes stay inside their cell', () => {
  const { files } = bundle([{ ...sheets[0]!, class: 'three, "four"' }])
  expect(readRows(files['data.csv'])[0]).toMatchObject({ class: 'three, "four"', arm: 'control' })
})

test('an instrument that was not given leaves its cells empty, with every item not reached', () => {
  const row = readRows(made.files['data.csv'])[0]!
  expect(row).toMatchObject({
    k6_1: '',
    k6_total: '',
    k6_unanswered: 'k6_1:not_reached k6_2:not_reached k6_3:not_reached k6_4:not_reached k6_5:not_reached k6_6:not_reached',
  })
})

test('the reasons of unanswered items stand in the data, and an unscorable total stays empty', () => {
  const answers = { phq9_1: 'skipped', phq9_2: 'declined', phq9_9: 2 } as const
  const row = readRows(bundle([sheetOf(phq9, 'p', answers)]).files['data.csv'])[0]!
  expect(row.phq9_unanswered).toBe(
    'phq9_1:skipped phq9_2:declined phq9_3:not_reached phq9_4:not_reached phq9_5:not_reached phq9_6:not_reached phq9_7:not_reached phq9_8:not_reached',
  )
  expect(row).toMatchObject({ phq9_total: '', phq9_9: '2', phq9_2: '' })
})

test('flags computed from a row without its reasons still see what was answered', () => {
  const codebook = codebookSchema.parse(JSON.parse(made.files['codebook.json']))
  const flags = flagsFromDataset([{ id: 'p', wave: 'post', phq9_9: '1' }], codebook)
  expect(flags).toMatchObject([{ id: 'p', wave: 'post', instrument: 'phq-9', rule: 'item9-endorsed', value: 1 }])
})
