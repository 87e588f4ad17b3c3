// What the page of offline kits sends and is told.
import { z } from 'zod'
import { at, id } from '../shapes.ts'
import type { writeDay } from './home.ts'
import type { makeKit } from './make.ts'
import type { ListedKit } from './page-queries.ts'
import type { Received } from './receive.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

export const byKit = z.strictObject({ kitId: id })
export const byUpload = z.strictObject({ uploadId: id })
export const byConflict = z.strictObject({ conflictId: id })

const kit = z.strictObject({
  kitId: id,
  schoolName: z.string(),
  side: z.enum(['made', 'taken']),
  madeBy: z.string().nullable(),
  madeAt: at,
  validUntil: at,
  isValid: z.boolean(),
  pupils: count,
  accounts: count,
  fileHash: hash,
  day: z.strictObject({ counter: count, writtenAt: at, handledAt: at, sheets: count }).nullable(),
})
export const kits = z.strictObject({ kits: z.array(kit), undecided: count })

export const kitOut = (listed: ListedKit, people: ReadonlyMap<string, string>, now: Date): z.infer<typeof kit> => ({
  kitId: listed.id,
  schoolName: listed.schoolName,
  side: listed.side,
  madeBy: listed.madeBy && (people.get(listed.madeBy) ?? null),
  madeAt: listed.madeAt.toISOString(),
  validUntil: listed.validUntil.toISOString(),
  isValid: listed.validUntil > now,
  pupils: listed.counts['screening.participant'] ?? 0,
  accounts: listed.counts['identity.account'] ?? 0,
  fileHash: listed.fileHash,
  day: listed.day && {
    ...listed.day,
    writtenAt: new Date(listed.day.writtenAt).toISOString(),
    handledAt: new Date(listed.day.handledAt).toISOString(),
  },
})

export const kitWish = z.strictObject({ schoolId: id })
const file = { fileName: z.string(), file: z.base64(), fileHash: hash }
export const madeKit = z.strictObject({
  kitId: id,
  schoolName: z.string(),
  passphrase: z.string(),
  validUntil: at,
  pupils: count,
  accounts: count,
  /** Whether one of them is an administrator of this school, who alone writes its days. */
  administrator: z.boolean(),
  ...file,
})

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Letters and digits of any script, which every file system holds. */
const inFileName = (name: string) => name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)

export const madeKitOut = (made: Awaited<ReturnType<typeof makeKit>>): z.infer<typeof madeKit> => ({
  kitId: made.kitId,
  schoolName: made.schoolName,
  passphrase: made.passphrase,
  validUntil: made.validUntil.toISOString(),
  pupils: made.counts['screening.participant'] ?? 0,
  accounts: made.counts['identity.account'] ?? 0,
  administrator: made.administrator,
  fileName: `tongxing-kit-${inFileName(made.schoolName)}-${made.kitId.slice(-8)}.age`,
  file: base64(made.file),
  fileHash: made.fileHash,
})

export const writtenDay = z.strictObject({ counter: count, sheets: count, flags: count, ...file })
export const writtenDayOut = (day: Awaited<ReturnType<typeof writeDay>>): z.infer<typeof writtenDay> => ({
  counter: day.counter,
  sheets: day.counts['screening.submission'] ?? 0,
  flags: day.counts['screening.flag'] ?? 0,
  fileName: `tongxing-day-${day.counter}-${day.fileHash.slice(0, 8)}.age`,
  file: base64(day.file),
  fileHash: day.fileHash,
})

const largestFile = 268_435_456
export const uploadWish = z.strictObject({ fileHash: hash, size: z.int().min(1).max(largestFile) })
export const upload = z.strictObject({ uploadId: id, received: count })
export const progress = z.strictObject({ received: count })
export const piece = z.strictObject({ offset: count, hash, content: z.base64().max(175_000) })

export const received = z.strictObject({
  schoolName: z.string(),
  counter: count,
  fileHash: hash,
  already: z.boolean(),
  changedNothing: z.boolean(),
  submissions: z.strictObject({ inBundle: count, stored: count, known: count, conflicts: count }),
  flagsRaised: count,
  conflictsFound: count,
})
export const receivedOut = ({ kitId: _, tables: __, ...report }: Received): z.infer<typeof received> => report

const conflict = z.strictObject({
  conflictId: id,
  schoolName: z.string(),
  what: z.string(),
  pupil: z.string().nullable(),
  foundAt: at,
  oursAt: z.string().nullable(),
  theirsAt: z.string().nullable(),
  differences: z.array(z.strictObject({ column: z.string(), ours: z.string().nullable(), theirs: z.string().nullable() })),
  choosable: z.boolean(),
  decision: z.enum(['ours', 'theirs']).nullable(),
  decidedBy: z.string().nullable(),
})
export const conflicts = z.strictObject({ conflicts: z.array(conflict) })
export const decision = z.strictObject({ decision: z.enum(['ours', 'theirs']), reason: z.string().trim().min(1).max(300) })
export const decided = z.strictObject({ undecided: count })
