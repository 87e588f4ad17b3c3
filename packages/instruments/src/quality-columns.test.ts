import { expect, test } from 'vitest'
import { protocolOf, readCells, sha256, sheetOf } from '../test/sheets.ts'
import { codebookSchema } from './codebook.ts'
import { bundleDataset } from './dataset.ts'
import { loadLibrary } from './library.ts'
import { sheetQuality } from './sheet-quality.ts'

const library = await loadLibrary()
const released = library.list().filter(({ definition }) => ['phq-9', 'mht'].includes(definition.id))
const phq9 = library.get('phq-9', '1.0.0')!
const answers = Object.fromEntries(phq9.items.map(({ id }, place) => [id, place % 2]))
const times = Object.fromEntries(phq9.items.map(({ id }, place) => [id, place === 0 ? 640 : 2345]))
const [known, paper] = [sheetOf(phq9, 'p1', answers), sheetOf(phq9, 'p2', answers)]
const sheets = [
  {
    ...known,
    aids: ['read-aloud', 'large-text'],
    instruments: known.instruments.map((one) => ({ ...one, quality: sheetQuality(phq9, answers, times) })),
  },
  paper,
]
const made = (withQuality: boolean) =>
  bundleDataset({
    ...{ id: 'test', protocol: protocolOf(released.map(({ definition }) => definition)), released, sheets, createdOn: '2026-09-01' },
    ...{ codeVersion: 'test', deidentification: [], sha256, withQuality },
  })
const rowsOf = (data: string) => {
  const [header, ...rows] = readCells(data)
  return rows.map((row) => Object.fromEntries(header!.map((name, place) => [name, row[place]])))
}

test('a dataset tells how its sheets were answered: rounded, empty for paper, and never item by item', () => {
  const [first, second] = rowsOf(made(true).files['data.csv'])
  expect(first).toMatchObject({
    aids: 'read-aloud large-text',
    phq9_seconds: '2.3',
    phq9_fast: '0.11',
    phq9_long_string: '1',
    phq9_variability: '0.527',
  })
  expect(second).toMatchObject({ aids: '', phq9_seconds: '', phq9_fast: '', phq9_long_string: '', phq9_variability: '' })
  expect(made(true).files['data.csv']).not.toMatch(/640|2345/)
})

test('each of its columns stands in the codebook, and one that would say nothing is not there', () => {
  const codebook = codebookSchema.parse(JSON.parse(made(true).files['codebook.json']))
  const named = codebook.columns.filter(({ kind }) => kind === 'quality').map(({ name }) => name)
  expect(named).toEqual(
    expect.arrayContaining(['phq9_seconds', 'phq9_fast', 'phq9_long_string', 'phq9_variability', 'mht_seconds', 'mht_fast']),
  )
  expect(named).toHaveLength(6) // every second answer to 100 yes-or-no questions is the one before
  expect(Object.keys(rowsOf(made(true).files['data.csv'])[0]!)).toEqual(codebook.columns.map(({ name }) => name))
})

test('where nobody wishes for them the dataset has none of these columns', () => {
  expect(
    readCells(made(false).files['data.csv'])[0]!.filter((name) => /_(seconds|fast|long_string|variability)$|^aids$/.test(name)),
  ).toEqual([])
})
