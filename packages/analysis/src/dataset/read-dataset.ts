/** A dataset bundle, read and checked once: what the manifest promises is what the files hold. */
import {
  type Codebook,
  codebookSchema,
  type DatasetRow,
  type Manifest,
  manifestHash,
  manifestSchema,
  screeningManifestSchema,
} from '@tongxing/instruments'
import { sha256 } from './hash.ts'
import { parsedRows } from './rows.ts'

export type Dataset = { readonly manifest: Manifest; readonly codebook: Codebook; readonly rows: readonly DatasetRow[] }
export type DatasetTexts = { readonly manifest: string; readonly data: string; readonly codebook: string }

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false
      readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
    }

const jsonIn = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Error(`${file}: not JSON: ${(error as Error).message}`) // JSON.parse throws nothing else
  }
}

const parsedJson = <T>(file: string, text: string, schema: { readonly safeParse: (input: unknown) => Parsed<T> }): T => {
  const json = jsonIn(file, text)
  if (file === 'manifest.json' && screeningManifestSchema.safeParse(json).success)
    throw new Error('manifest.json: this dataset is of a screening, which has no arms: a report of effects needs arms and outcomes')
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new Error(`${file}: ${issue.path.map(String).join('.') || 'the whole file'}: ${issue.message}`)
}

const checkHashes = (manifest: Manifest, texts: { readonly 'data.csv': string; readonly 'codebook.json': string }) => {
  for (const file of ['data.csv', 'codebook.json'] as const) {
    const [found, promised] = [sha256(texts[file]), manifest.files[file].sha256]
    if (found !== promised)
      throw new Error(
        `${file}: its SHA-256 is ${found.slice(0, 12)}… but the manifest promises ${promised.slice(0, 12)}…: it was changed after export`,
      )
  }
  const found = manifestHash(manifest, sha256)
  if (found !== manifest.hash)
    throw new Error(
      `manifest.json: its hash is ${found.slice(0, 12)}… but it says ${manifest.hash.slice(0, 12)}…: it was changed after export`,
    )
}

const designNames = ['id', 'school', 'class', 'arm', 'wave']

const checkDesign = ({ manifest, codebook, rows }: Dataset) => {
  const names = new Set(codebook.columns.map(({ name }) => name))
  const absent = designNames.find((name) => !names.has(name))
  if (absent) throw new Error(`codebook.json: columns: ${absent} is missing, a dataset has ${designNames.join(', ')}`)
  const lines = new Map<string, number>()
  for (const [index, { id, wave, school }] of rows.entries()) {
    if (!id || !wave || !school) throw new Error(`data.csv: line ${index + 2}: id, school and wave may not be empty`)
    const key = `${id}\n${wave}`
    const earlier = lines.get(key)
    if (earlier)
      throw new Error(`data.csv: lines ${earlier} and ${index + 2} are both participant ${id} in wave ${wave}, one line is allowed`)
    lines.set(key, index + 2)
  }
  if (rows.length !== manifest.rows) throw new Error(`data.csv: has ${rows.length} rows but the manifest says ${manifest.rows}`)
  const { scale, wave, baselineWave } = manifest.primary
  const unknown = [scale, ...manifest.secondary.map((one) => one.scale)].find(
    (name) => !codebook.columns.some((column) => column.kind === 'scale' && column.name === name),
  )
  if (unknown)
    throw new Error(
      `manifest.json: outcome ${unknown} is no scale of the codebook, which has ${
        codebook.columns
          .filter(({ kind }) => kind === 'scale')
          .map(({ name }) => name)
          .join(', ') || 'none'
      }`,
    )
  const strange = [wave, baselineWave].find((name) => !manifest.waves.some(({ id }) => id === name))
  if (strange) throw new Error(`manifest.json: primary: wave ${strange} is none of ${manifest.waves.map(({ id }) => id).join(', ')}`)
}

/**
 * Reads the three texts of a dataset bundle and checks them: JSON against its schema, both file hashes, the manifest's own hash, every cell against the codebook.
 * Not for a researcher's loose CSV: that needs a bundle first (bundleDataset in @tongxing/instruments).
 * @returns manifest, codebook and rows (cells as text, empty when missing). Throws an Error that names the file, the place and what is allowed.
 * Example: readDataset({ manifest: text1, data: text2, codebook: text3 }).rows.length
 */
export const readDataset = ({ manifest: manifestText, data, codebook: codebookText }: DatasetTexts): Dataset => {
  const manifest = parsedJson('manifest.json', manifestText, manifestSchema)
  checkHashes(manifest, { 'data.csv': data, 'codebook.json': codebookText })
  const codebook = parsedJson('codebook.json', codebookText, codebookSchema)
  const dataset = { manifest, codebook, rows: parsedRows(data, codebook.columns) }
  checkDesign(dataset)
  return dataset
}

/** A numeric cell of a checked row, or null when it is missing. */
export const numberIn = (row: DatasetRow, column: string): number | null => {
  const cell = row[column]
  return cell === undefined || cell === '' ? null : Number(cell)
}
