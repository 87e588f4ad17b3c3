// A school's spreadsheet: looked into, compared with the register, taken over. The file is sent with each step and kept nowhere.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../../access.ts'
import type { Context } from '../../context.ts'
import { inScope, type Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { id } from '../../shapes.ts'
import { type Ask, rosterReader } from './in-worker.ts'
import { mostShown } from './limits.ts'
import { hashOf, planOf, targetOf, tellPlan } from './plan.ts'
import { importDone, lockRosters } from './queries.ts'
import type { SeenFile } from './read-file.ts'
import { bodyLimit, importBody, imported, plan, planBody, seeBody, seenFile } from './shapes.ts'
import { takeOver } from './take-over.ts'

const tellFile = ({ sheets, ...file }: SeenFile) => ({
  ...file,
  sheets: sheets.map(({ columns, preview, ...sheet }) => ({
    ...sheet,
    columns: [...columns],
    preview: preview.map(({ row, cells }) => ({ row, cells: [...cells] })),
  })),
})

const ofUnit = z.strictObject({ unitId: id })
const access = staff('administrator', 'proctor')

export const rosterRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const read = rosterReader()

    /** Before a file is read, whoever sends it may have a roster there. */
    const admit = (actor: StaffActor, unitId: string) => inScope(context.db, actor.scope, 'app', (trx) => targetOf(trx, actor, unitId))

    app.post(
      '/units/:unitId/roster/file',
      { bodyLimit, config: { access }, schema: { params: ofUnit, body: seeBody, response: { 200: seenFile } } },
      async (request) => {
        const { file, encoding, delimiter, headerRows = [] } = request.body
        await admit(staffActor(request), request.params.unitId)
        const rows = headerRows.map(({ sheet, row }): readonly [number, number] => [sheet, row])
        return tellFile(await read(file, { encoding, delimiter }, (ask) => ask('see', rows)))
      },
    )

    app.post(
      '/units/:unitId/roster/plan',
      { bodyLimit, config: { access }, schema: { params: ofUnit, body: planBody, response: { 200: plan } } },
      async (request) => {
        const actor = staffActor(request)
        const { unitId } = request.params
        const { file, ...settings } = request.body
        await admit(actor, unitId)
        const fileHash = hashOf(file)
        return read(file, settings, async (ask) => {
          await ask('read', settings.sheets, context.clock())
          return inScope(context.db, actor.scope, 'app', async (trx) =>
            tellPlan(trx, actor, context, await planOf(trx, actor, unitId, settings, fileHash, ask), ask),
          )
        })
      },
    )

    app.post(
      '/units/:unitId/roster/import',
      { bodyLimit, config: { access }, schema: { params: ofUnit, body: importBody, response: { 200: imported } } },
      async (request) => {
        const actor = staffActor(request)
        const { unitId } = request.params
        await admit(actor, unitId)
        const { planHash, decisions, left, leaveOutInvalid, file, ...settings } = request.body
        const choices = JSON.stringify([
          decisions.map(({ sheet, row, decision }) => `${sheet}|${row}|${decision}`).sort(),
          [...left].sort(),
          leaveOutInvalid,
        ])
        const fileHash = hashOf(file)
        const requestHash = hashOf(fileHash, unitId, planHash, choices)
        const write = async (trx: Trx, ask: Ask) => {
          await lockRosters(trx, actor.countyId)
          const done = await importDone(trx, actor.countyId, requestHash)
          if (done) return done
          const fresh = await planOf(trx, actor, unitId, settings, fileHash, ask)
          if (fresh.hash !== planHash) throw new Problem('roster.changed-since')
          const { suspected } = fresh.counts
          if (suspected > mostShown) throw new Problem('roster.too-many-suspected', { count: suspected, most: mostShown })
          return takeOver(trx, actor, context, fresh, request.body, requestHash, ask)
        }
        return read(file, settings, async (ask) => {
          await ask('read', settings.sheets, context.clock())
          return inScope(context.db, actor.scope, 'app', (trx) => write(trx, ask))
        })
      },
    )
  }
