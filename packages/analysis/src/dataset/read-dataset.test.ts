import { type Manifest, manifestHash } from '@tongxing/instruments'
import { describe, expect, test } from 'vitest'
import { simulatedTrial, textsOf } from '../../test/simulated-trial.ts'
import { sha256 } from './hash.ts'
import { type DatasetTexts, readDataset } from './read-dataset.ts'

const bundle = simulatedTrial({ schools: 4, pupils: 5 })
const texts = textsOf(bundle)

/** The bundle with other data or manifest, hashed again as an honest exporter would. */
const signed = ({
  data = texts.data,
  change = (manifest: Manifest) => manifest,
}: {
  data?: string
  change?: (manifest: Manifest) => Manifest
}): DatasetTexts => {
  const described = { ...bundle.manifest.files, 'data.csv': { sha256: sha256(data), bytes: data.length } }
  const manifest = change({ ...bundle.manifest, files: described })
  return { ...texts, data, manifest: JSON.stringify({ ...manifest, hash: manifestHash(manifest, sha256) }) }
}
const lines = texts.data.split('\n')
const withLine = (place: number, line: string) => lines.with(place, line).join('\n')

test('a bundle of the exporter is read whole', () => {
  const { manifest, rows, codebook } = readDataset(texts)
  expect(manifest.hash).toBe(bundle.manifest.hash)
  expect(rows).toHaveLength(40)
  expect(Object.keys(rows[0]!)).toEqual(codebook.columns.map(({ name }) => name))
})

describe('a bundle that was changed is refused, saying where', () => {
  test('data.csv with one other cell', () => {
    expect(() => readDataset({ ...texts, data: texts.data.replace(/,0,/, ',1,') })).toThrow(
      /^data\.csv: its SHA-256 is [0-9a-f]{12}… but the manifest promises/,
    )
  })
  test('codebook.json', () => {
    expect(() => readDataset({ ...texts, codebook: texts.codebook.replace('baseline', 'baselime') })).toThrow(
      /^codebook\.json: its SHA-256/,
    )
  })
  test('the manifest itself', () => {
    expect(() => readDataset({ ...texts, manifest: texts.manifest.replace('"simulated": true', '"simulated": false') })).toThrow(
      /^manifest\.json: its hash is .* it was changed after export$/,
    )
  })
})

describe('a bundle that does not follow the format is refused with place and what is allowed', () => {
  const refused = (wrong: DatasetTexts) => expect(() => readDataset(wrong))

  test('no JSON, another format', () => {
    refused({ ...texts, manifest: '{' }).toThrow(/^manifest\.json: not JSON/)
    refused({ ...texts, manifest: '{}' }).toThrow(/^manifest\.json: format: /)
  })
  test('a screening, which has no arms', () => {
    const { arms: _, primary: _one, secondary: _two, ...rest } = bundle.manifest
    const manifest = JSON.stringify({ ...rest, kind: 'screening' })
    refused({ ...texts, manifest }).toThrow('a report of effects needs arms and outcomes')
  })
  test('a column that the codebook does not know', () => {
    refused(signed({ data: withLine(0, lines[0]!.replace('left_behind', 'left_alone')) })).toThrow(
      'data.csv: column 9 is left_alone but the codebook says left_behind',
    )
  })
  test('a value outside the codes of an item', () => {
    const cells = lines[1]!.split(',')
    refused(signed({ data: withLine(1, cells.with(9, '7').join(',')) })).toThrow(
      'data.csv: line 2, phq9_1: 7 is not allowed, only empty or one of 0, 1, 2, 3',
    )
  })
  test('a score outside the range, or no number at all', () => {
    const cells = lines[1]!.split(',')
    refused(signed({ data: withLine(1, cells.with(cells.length - 1, '28').join(',')) })).toThrow(
      'phq9_total: 28 is not allowed, only empty or 0 to 27',
    )
    refused(signed({ data: withLine(1, cells.with(cells.length - 1, 'many').join(',')) })).toThrow('phq9_total: many is not allowed')
  })
  test('the same pupil twice in a wave', () => {
    refused(signed({ data: withLine(3, lines[1]!) })).toThrow(/lines 2 and 4 are both participant P0x0 in wave baseline/)
  })
  test('a line with too few cells, a pupil without a school', () => {
    refused(signed({ data: withLine(1, 'P1,S1') })).toThrow(/^data\.csv: /)
    refused(signed({ data: withLine(1, lines[1]!.split(',').with(1, '').join(',')) })).toThrow(
      'data.csv: line 2: id, school and wave may not be empty',
    )
  })
  test('fewer rows than promised, an unknown outcome or wave', () => {
    refused(signed({ data: [...lines.slice(0, 5), ''].join('\n') })).toThrow('data.csv: has 4 rows but the manifest says 40')
    refused(signed({ change: (manifest) => ({ ...manifest, secondary: [{ scale: 'mood_total' }] }) })).toThrow(
      'outcome mood_total is no scale of the codebook, which has phq9_total',
    )
    refused(signed({ change: (manifest) => ({ ...manifest, primary: { ...manifest.primary, wave: 'later' } }) })).toThrow(
      'wave later is none of baseline, post',
    )
  })
})
