// A day over a bad line: in pieces, each with its place and its hash. Whatever has arrived stays, and the next piece is asked for.
import type { StaffActor } from '../access.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { receiveDay } from './receive.ts'
import { sha256 } from './rules.ts'
import * as uploads from './upload-queries.ts'

const kept = 30 * 86_400_000

/** The same file of the same person goes on where it stopped. */
export const beginUpload = (context: Context, { scope, countyId, accountId }: StaffActor, file: { fileHash: string; size: number }) =>
  inScope(context.db, scope, 'app', (trx) => {
    const now = context.clock()
    const upload = { id: context.ids(), startedBy: accountId, ...file }
    return uploads.openUpload(trx, countyId, upload, now, new Date(now.getTime() - kept))
  })

type Piece = { readonly offset: number; readonly hash: string; readonly content: string }

/** A piece that is here already, or that comes before its time, changes nothing: the answer says what is asked for next. */
export const takePiece = (context: Context, { scope, countyId, accountId }: StaffActor, uploadId: string, piece: Piece) =>
  inScope(context.db, scope, 'app', async (trx) => {
    const upload = await uploads.lockUpload(trx, countyId, uploadId, accountId)
    if (!upload) throw new Problem('kit.upload-not-found')
    const content = Buffer.from(piece.content, 'base64')
    if (sha256(content) !== piece.hash) throw new Problem('kit.piece-damaged')
    if (piece.offset !== upload.received) return { received: upload.received }
    if (content.length === 0 || upload.received + content.length > upload.size) throw new Problem('kit.piece-damaged')
    return { received: await uploads.insertPiece(trx, countyId, uploadId, piece.offset, content) }
  })

/** All pieces are there: the day is taken in, all of it or nothing. What cannot be taken is not kept either. */
export const finishUpload = async (context: Context, actor: StaffActor, uploadId: string) => {
  const { scope, countyId, accountId } = actor
  const inHouse = <T>(work: Parameters<typeof inScope<T>>[3]) => inScope(context.db, scope, 'app', work)
  const file = await inHouse(async (trx) => {
    const upload = await uploads.lockUpload(trx, countyId, uploadId, accountId)
    if (!upload) throw new Problem('kit.upload-not-found')
    if (upload.received < upload.size) throw new Problem('kit.upload-unfinished', { received: upload.received, size: upload.size })
    const whole = await uploads.wholeUpload(trx, countyId, uploadId)
    return sha256(whole) === upload.fileHash ? whole : null
  })
  const drop = () => inHouse((trx) => uploads.dropUpload(trx, countyId, uploadId))
  try {
    if (!file) throw new Problem('kit.file-damaged')
    const report = await receiveDay(context, { countyId, accountId }, file)
    await drop()
    return report
  } catch (error) {
    if (error instanceof Problem) await drop()
    throw error
  }
}
