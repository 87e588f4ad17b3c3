// What is inside a kit or a day: one line that says what it is, then one line a row. Packed, and sealed by whoever writes it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Row } from '../db/carried.ts'
import { Problem } from '../problem.ts'
import { sha256, type Version } from './rules.ts'

const formatVersion = 1
const largest = 512 * 1024 * 1024

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const manifestShape = z.strictObject({
  format: z.literal('tongxing-kit'),
  formatVersion: z.int().min(1),
  kind: z.enum(['kit', 'day']),
  software: z.string().max(60),
  /** Everything in it is made up. */
  simulated: z.boolean(),
  migrations: z.array(z.string().max(100)).min(1).max(1000),
  countyId: z.uuid(),
  countyName: z.string(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  kitId: z.uuid(),
  /** 0 for the kit, then one more for each day. */
  counter: z.int().min(0),
  writtenBy: z.uuid().nullable(),
  writtenAt: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  /** The county's public key, and what the laptop proves itself with; in a kit alone. */
  recipient: z.string().max(200).optional(),
  secret: hash.optional(),
  /** Of a day: made with the kit's secret over the hash of the rows. */
  proof: hash.optional(),
  columns: z.record(z.string(), z.array(z.string().max(63))),
  counts: z.record(z.string(), z.int().min(0)),
  rowsHash: hash,
})
export type Manifest = z.infer<typeof manifestShape>
type Heading = Omit<Manifest, 'format' | 'formatVersion' | 'columns' | 'counts' | 'rowsHash' | 'proof'>

export type CarriedRow = { readonly row: Row; readonly seen: readonly Version[] }
export type Part = { readonly columns: readonly string[]; readonly rows: readonly CarriedRow[] }
export type Parts = ReadonlyMap<string, Part>

const lineShape = z.tuple([
  z.string(),
  z.record(z.string(), z.unknown()),
  z.array(z.strictObject({ columns: z.array(z.string()), fingerprint: hash })),
])

const proofOf = (secret: string, rowsHash: string) => createHmac('sha256', Buffer.from(secret, 'hex')).update(rowsHash).digest('hex')

export const isProven = ({ proof = '', rowsHash }: Manifest, secret: string): boolean => {
  const made = proofOf(secret, rowsHash)
  return proof.length === made.length && timingSafeEqual(Buffer.from(proof), Buffer.from(made))
}

export const countsOf = (parts: Parts): Readonly<Record<string, number>> =>
  Object.fromEntries([...parts].filter(([, { rows }]) => rows.length > 0).map(([table, { rows }]) => [table, rows.length]))

export const pack = (heading: Heading, parts: Parts, secret?: string): Buffer => {
  const lines = [...parts].flatMap(([table, { rows }]) => rows.map(({ row, seen }) => JSON.stringify([table, row, seen])))
  const body = lines.join('\n')
  const rowsHash = sha256(body)
  const manifest: Manifest = {
    format: 'tongxing-kit',
    formatVersion,
    ...heading,
    columns: Object.fromEntries([...parts].map(([table, { columns }]) => [table, [...columns]])),
    counts: countsOf(parts),
    rowsHash,
    ...(secret && { proof: proofOf(secret, rowsHash) }),
  }
  return gzipSync(`${JSON.stringify(manifest)}\n${body}`)
}

const damaged = () => new Problem('kit.file-damaged')

const orDamaged = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw error instanceof Problem ? error : damaged()
  }
}

const readManifest = (line: string, known: readonly string[]): Manifest => {
  const loose = z.looseObject({ format: z.literal('tongxing-kit'), formatVersion: z.int(), migrations: z.array(z.string()) })
  const { formatVersion: written, migrations } = loose.parse(JSON.parse(line))
  // before the rest is read: a newer program may have written what this one does not know
  if (written > formatVersion || migrations.some((name) => !known.includes(name))) throw new Problem('kit.newer-program')
  return manifestShape.parse(JSON.parse(line))
}

const partsOf = (manifest: Manifest, body: string): Parts => {
  const parts = new Map(Object.entries(manifest.columns).map(([table, columns]) => [table, { columns, rows: [] as CarriedRow[] }]))
  for (const line of body === '' ? [] : body.split('\n')) {
    const [table, row, seen] = lineShape.parse(JSON.parse(line))
    const part = parts.get(table)
    if (!part || Object.keys(row).some((name) => !part.columns.includes(name))) throw damaged()
    part.rows.push({ row, seen })
  }
  return parts
}

/** `known`: the migrations of this program; a file of a newer one is refused. */
export const unpack = (content: Uint8Array, kind: Manifest['kind'], known: readonly string[]): { manifest: Manifest; parts: Parts } =>
  orDamaged(() => {
    const text = gunzipSync(content, { maxOutputLength: largest }).toString('utf8')
    const end = text.indexOf('\n')
    const manifest = readManifest(text.slice(0, end), known)
    const body = text.slice(end + 1)
    if (manifest.kind !== kind) throw new Problem(kind === 'kit' ? 'kit.is-a-day' : 'kit.is-a-kit')
    if (sha256(body) !== manifest.rowsHash) throw damaged()
    return { manifest, parts: partsOf(manifest, body) }
  })
