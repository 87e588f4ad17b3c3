import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { participantsOfClass, readNames } from '../participants/queries.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { classById } from '../units/queries.ts'
import { noticesOfSchool } from './notice-queries.ts'
import type { Following } from './notice-routes.ts'
import { decisionsOfParticipant, insertConsents, type Latest, latestDecisions, requireOfClass, schoolOfParticipant } from './queries.ts'
import { decisions, type Purpose, purposes, requireGround } from './rules.ts'
import { signaturesOf } from './signatures.ts'

const decision = z.enum(decisions)
const purpose = z.enum(purposes)
const newConsent = z.strictObject({
  purpose,
  givenBy: z.enum(['guardian', 'pupil']),
  decision,
  notice: z
    .union([
      z.strictObject({ noticeId: id }),
      z.strictObject({
        id: z.string().min(1).max(80),
        version: z.string().min(1).max(40),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    ])
    .describe('a published notice; or, where none is published for this purpose, the name, version and SHA-256 of a text kept elsewhere'),
  evidence: z.strictObject({ form: z.enum(['paper', 'spoken']), place: z.string().trim().max(200).default('') }).optional(),
  relationship: z.enum(['parent', 'other-guardian', 'caregiver']).optional(),
  participantIds: z.array(id).min(1).max(200),
})
type NewConsent = z.infer<typeof newConsent>

const shared = z.strictObject({ party: z.string(), decision })
const onRoster = z.strictObject({
  participantId: id,
  name: z.string(),
  studentNumber: z.string().nullable(),
  sex: z.enum(['female', 'male']),
  birthDate: z.iso.date(),
  leftBehind: z.boolean().nullable(),
  /** Null for a proctor: who refused is not a class teacher's business (PRIV-04). */
  consent: z
    .strictObject({
      screening: decision.nullable(),
      'follow-up': decision.nullable(),
      research: decision.nullable(),
      sharing: z.array(shared),
      older: z.array(purpose).describe('given to a text that a newer one has replaced'),
      anew: z.array(purpose).describe('given to a text that counts no more: consent is to be asked anew'),
    })
    .nullable(),
})
const ofClass = z.strictObject({ classId: id })

/** How a pupil's guardian stands to each purpose. */
const standingOf = (latest: readonly Latest[]): NonNullable<z.infer<typeof onRoster>['consent']> => {
  const guardian = latest.filter((row) => row.givenBy === 'guardian')
  const given = guardian.filter((row) => row.decision === 'given')
  const of = (wanted: Purpose) => guardian.find((row) => row.purpose === wanted)?.decision ?? null
  const distinct = (rows: readonly Latest[]) => [...new Set(rows.map((row) => row.purpose))]
  return {
    screening: of('screening'),
    'follow-up': of('follow-up'),
    research: of('research'),
    sharing: guardian.flatMap((row) => (row.party === null ? [] : [{ party: row.party, decision: row.decision }])),
    older: distinct(given.filter((row) => row.superseded)),
    anew: distinct(given.filter((row) => row.outdated)),
  }
}

/** The text that was answered, as the record keeps it. A text kept elsewhere counts only while none is published here. */
const answeredNotice = async (trx: Trx, countyId: string, schoolId: string, { notice, purpose: wanted }: NewConsent) => {
  const published = (await noticesOfSchool(trx, countyId, schoolId)).filter((one) => one.purpose === wanted)
  if (!('noticeId' in notice)) {
    if (published.length > 0 || wanted === 'sharing') throw new Problem('consent.notice-needed')
    return { party: null, notice: { ...notice, row: null } }
  }
  const chosen = published.find((one) => one.id === notice.noticeId)
  if (!chosen) throw new Problem('notice.not-published')
  return {
    party: chosen.party,
    notice: { id: chosen.texts['zh-CN'].title.slice(0, 80), version: String(chosen.version), hash: chosen.hash ?? '', row: chosen.id },
  }
}

export const consentRoutes =
  (context: Context, follow: Following): FastifyPluginAsyncZod =>
  async (app) => {
    const rosterResponse = z.strictObject({ className: z.string(), participants: z.array(onRoster) })
    app.get(
      '/classes/:classId/participants',
      {
        config: { access: staff('administrator', 'proctor', 'counsellor') },
        schema: { params: ofClass, response: { 200: rosterResponse } },
      },
      async (request) => {
        const { scope, countyId, grants } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const seesConsent = grants.some((grant) => grant.role !== 'proctor' && grant.schoolIds.includes(place.schoolId))
          const roster = await participantsOfClass(trx, countyId, place.id)
          const participantIds = roster.map((p) => p.id)
          const names = await readNames(trx, scope, context, { schoolId: place.schoolId, participantIds, reason: 'roster of a class' })
          const latest = Map.groupBy(seesConsent ? await latestDecisions(trx, countyId, participantIds) : [], (row) => row.participantId)
          const participants = roster.map((p) => {
            const person = names.get(p.id)
            return {
              participantId: p.id,
              name: person?.name ?? '',
              studentNumber: person?.studentNumber ?? null,
              sex: p.sex,
              birthDate: person?.birthDate ?? p.birthMonth,
              leftBehind: p.leftBehind,
              consent: seesConsent ? standingOf(latest.get(p.id) ?? []) : null,
            }
          })
          return { className: place.name, participants }
        })
      },
    )

    app.post(
      '/classes/:classId/consents',
      {
        config: { access: staff('administrator', 'counsellor') },
        schema: { params: ofClass, body: newConsent, response: { 201: z.strictObject({ recorded: z.int() }) } },
      },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { participantIds, evidence, relationship, ...consent } = request.body
        const unique = [...new Set(participantIds)]
        await inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          await requireOfClass(trx, countyId, place.id, unique)
          const answered = await answeredNotice(trx, countyId, place.schoolId, request.body)
          if (answered.notice.row !== null || relationship === 'caregiver')
            requireGround({ ...consent, evidence: evidence?.form, relationship })
          const common = {
            ...consent,
            ...answered,
            evidence: evidence?.form ?? null,
            evidencePlace: evidence?.place || null,
            relationship: consent.givenBy === 'pupil' || relationship === 'caregiver' ? null : (relationship ?? null),
            recordedBy: accountId,
            linkId: null,
            signatureId: null,
          }
          const rows = unique.map((participantId) => ({ ...common, participantId }))
          await insertConsents(trx, { countyId, schoolId: place.schoolId }, rows, context)
          const details = {
            purpose: consent.purpose,
            givenBy: consent.givenBy,
            decision: consent.decision,
            notice: answered.notice.row ?? `${answered.notice.id}@${answered.notice.version}`,
          }
          await record(trx, scope, context, [
            { action: 'consent.recorded', subject: 'participant', subjectIds: unique, schoolId: place.schoolId, details },
          ])
          if (consent.purpose === 'screening') await follow(trx, countyId, unique)
        })
        return reply.code(201).send({ recorded: unique.length })
      },
    )

    const past = z.strictObject({
      name: z.string(),
      decisions: z.array(
        z.strictObject({
          id,
          purpose,
          party: z.string().nullable(),
          givenBy: z.enum(['guardian', 'pupil']),
          decision,
          noticeName: z.string(),
          noticeVersion: z.string(),
          noticeHash: z.string(),
          evidence: z.enum(['paper', 'spoken', 'remote']).nullable(),
          evidencePlace: z.string().nullable(),
          relationship: z.enum(['parent', 'other-guardian']).nullable(),
          signedBy: z.string().nullable(),
          recordedAt: at,
        }),
      ),
    })
    app.get(
      '/participants/:participantId/consents',
      {
        config: { access: staff('administrator', 'counsellor') },
        schema: {
          description: 'every decision about one pupil, newest first',
          params: z.strictObject({ participantId: id }),
          response: { 200: past },
        },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { participantId } = request.params
        return inScope(context.db, scope, 'app', async (trx) => {
          const schoolId = await schoolOfParticipant(trx, countyId, participantId)
          const look = { schoolId, participantIds: [participantId], reason: 'record of consent' }
          const names = await readNames(trx, scope, context, look)
          const rows = await decisionsOfParticipant(trx, countyId, participantId)
          const signed = await signaturesOf(trx, countyId, participantId)
          return {
            name: names.get(participantId)?.name ?? '',
            decisions: rows.map(({ signatureId, recordedBy: _, recordedAt, ...row }) => ({
              ...row,
              signedBy: signatureId === null ? null : (signed.get(signatureId) ?? null),
              recordedAt: recordedAt.toISOString(),
            })),
          }
        })
      },
    )
  }
