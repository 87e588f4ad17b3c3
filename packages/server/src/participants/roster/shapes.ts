// A roster from a file on the wire. The file comes with each step as base64 and is kept nowhere.
import { z } from 'zod'
import { id } from '../../shapes.ts'
import { fields } from './columns.ts'
import { changeFields, decisions, suspicions } from './compare.ts'
import { limits, mostShown } from './limits.ts'
import { placeFaults } from './places.ts'
import { delimiters, encodings } from './text.ts'
import { cellFaults } from './values.ts'

const sheet = z.int().min(0).max(limits.sheets)
const row = z.int().min(0).max(limits.lastRow)
const field = z.enum(fields)
const columns = z.array(field.nullable()).max(limits.columns)
const className = z.string().trim().min(1).max(60).nullable()

/** Bytes of their own, which can be handed to a thread. */
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.alloc(Buffer.byteLength(base64, 'base64'))
  return bytes.subarray(0, bytes.write(base64, 'base64'))
}
const file = z
  .string()
  .min(1)
  .max(Math.ceil(limits.fileBytes / 3) * 4)
  .transform(bytesOf)
const text = { encoding: z.enum(encodings).optional(), delimiter: z.enum(delimiters).optional() }

/** The whole of a file in base64, and something to spare for what is said beside it. */
export const bodyLimit = Math.ceil(limits.fileBytes / 3) * 4 + 1_000_000

export const seeBody = z.strictObject({
  file,
  ...text,
  headerRows: z.array(z.strictObject({ sheet, row })).max(limits.sheets).optional(),
})
export const seenFile = z.strictObject({
  kind: z.enum(['xlsx', 'text']),
  encoding: z.enum(encodings).nullable(),
  delimiter: z.enum(delimiters).nullable(),
  sheets: z.array(
    z.strictObject({
      name: z.string(),
      lines: z.int(),
      width: z.int(),
      headerRow: row,
      columns,
      className: z.string().nullable(),
      preview: z.array(z.strictObject({ row, cells: z.array(z.string()) })),
    }),
  ),
})

const planned = {
  file,
  ...text,
  sheets: z
    .array(z.strictObject({ sheet, headerRow: row, columns, className }))
    .min(1)
    .max(limits.sheets),
  createClasses: z.boolean(),
}
export const planBody = z.strictObject(planned)
export type PlanBody = z.infer<typeof planBody>

const pupil = {
  name: z.string(),
  studentNumber: z.string().nullable(),
  sex: z.enum(['female', 'male']).nullable(),
  birthDate: z.string().nullable(),
  leftBehind: z.boolean().nullable(),
  schoolName: z.string(),
  className: z.string(),
}
const plannedRow = z.strictObject({
  sheet,
  row,
  kind: z.enum(['new', 'changed', 'unchanged', 'suspected', 'invalid']),
  ...pupil,
  /** What the register has now. */
  before: z.strictObject({ ...pupil, left: z.boolean() }).nullable(),
  changes: z.array(z.enum(changeFields)),
  why: z.enum(suspicions).nullable(),
  may: z.array(z.enum(decisions)),
  faults: z.array(
    z.strictObject({
      field,
      kind: z.enum([...cellFaults, ...placeFaults, 'class-unknown', 'twice', 'twin']),
      text: z.string(),
      other: z.strictObject({ sheet, row }).nullable(),
    }),
  ),
})
export type PlannedRow = z.infer<typeof plannedRow>

const count = z.int().min(0)
export const plan = z.strictObject({
  planHash: z.string(),
  counts: z.strictObject({ new: count, changed: count, unchanged: count, suspected: count, invalid: count, missing: count }),
  /** The first of each kind, in the order of the file. */
  rows: z.array(plannedRow),
  missing: z.array(z.strictObject({ participantId: id, ...pupil })),
  mostShown: count,
  newClasses: z.array(z.strictObject({ schoolName: z.string(), name: z.string(), rows: count })),
  mayCreateClasses: z.boolean(),
})
export type PlanShape = z.infer<typeof plan>

export const importBody = z.strictObject({
  ...planned,
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  decisions: z.array(z.strictObject({ sheet, row, decision: z.enum(decisions) })).max(mostShown),
  /** Of the pupils whom the file lacks, those who left the school. Nobody leaves who is not named here. */
  left: z.array(id).max(mostShown),
  leaveOutInvalid: z.boolean(),
})
export type ImportBody = z.infer<typeof importBody>
export const imported = z.strictObject({
  created: count,
  changed: count,
  unchanged: count,
  leftOut: count,
  transferred: count,
  left: count,
  classes: count,
})
