import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { definitionSchema } from '@tongxing/instruments'
import { z } from 'zod'
import { staff } from '../access.ts'
import type { Context } from '../context.ts'
import { requireInstrument } from './rules.ts'

const words = z.record(z.string(), z.string())
const listed = z.strictObject({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  acronym: z.string(),
  names: words,
  languages: z.array(z.string()).describe('in which its words are here; none for an instrument that is scored only'),
  scales: z.array(z.strictObject({ id: z.string(), names: words })),
  items: z.int(),
  estimatedMinutes: z.number(),
  ages: z.strictObject({ from: z.int(), to: z.int().nullable() }),
  asksOfRisk: z.boolean().describe('it can raise a flag: its session opens only with somebody on duty'),
  licence: z.strictObject({ status: z.enum(['free', 'non-commercial', 'permission-needed']), terms: z.string(), attribution: z.string() }),
})

export const libraryRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/instruments',
      { config: { access: staff() }, schema: { response: { 200: z.strictObject({ instruments: z.array(listed) }) } } },
      async () => {
        const instruments = context.library.list().map(({ definition, hash }) => ({
          id: definition.id,
          version: definition.version,
          hash,
          acronym: definition.acronym,
          names: Object.fromEntries(Object.entries(definition.texts).map(([language, texts]) => [language, texts.name])),
          languages: Object.values(definition.texts).flatMap(({ language, status }) => (status === 'withheld' ? [] : [language])),
          scales: definition.scales.map(({ id }) => ({
            id,
            names: Object.fromEntries(Object.entries(definition.texts).map(([language, texts]) => [language, texts.scales[id] ?? id])),
          })),
          items: definition.items.length,
          estimatedMinutes: definition.estimatedMinutes,
          ages: definition.ages,
          asksOfRisk: definition.riskRules.length > 0,
          licence: {
            status: definition.licence.wording.status,
            terms: definition.licence.wording.terms,
            attribution: definition.licence.wording.attribution,
          },
        }))
        return { instruments }
      },
    )

    app.get(
      '/instruments/:instrument/:version',
      {
        config: { access: staff() },
        schema: {
          params: z.strictObject({ instrument: z.string().max(60), version: z.string().max(20) }),
          response: { 200: z.strictObject({ definition: definitionSchema, hash: z.string() }) },
        },
      },
      async (request) => {
        const { instrument, version } = request.params
        const definition = requireInstrument(context.library, instrument, version)
        const hash =
          context.library.list().find((entry) => entry.definition.id === instrument && entry.definition.version === version)?.hash ?? ''
        return { definition, hash }
      },
    )
  }
