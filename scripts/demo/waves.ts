// A wave in every class: the proctor plans and opens a session, each pupil signs in with her code and hands in, the session is closed.
import { randomBytes } from 'node:crypto'
import { type Protocol, seededRandom, simulateAnswers } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { type Client, client } from './client.ts'
import type { School } from './county.ts'
import { openSession } from './duty.ts'
import { latentsOfSchool, skipRate } from './population.ts'
import { inParallel, type Progress } from './progress.ts'

type Card = { readonly number: number; readonly code: string }
type Session = { readonly id: string; readonly locator: string; readonly codes: readonly Card[] }
type Battery = Protocol['waves'][number]['battery']

export type Field = {
  readonly address: string
  readonly proctor: Client
  readonly library: Library
  readonly protocol: Protocol
  readonly studyId: string
  readonly schools: readonly School[]
  readonly armOf: ReadonlyMap<string, string>
  readonly seed: number
  readonly pupilsPerClass: number
  readonly progress: Progress
  /** how many pupils answer at once */
  readonly width?: number
}

const sheetsFor = (library: Library, battery: Battery, latent: number, random: () => number) =>
  battery.map(({ instrument, version }) => ({
    instrument,
    version,
    answers: simulateAnswers(library.get(instrument, version)!, { latent, random, skipRate }), // the server took the same protocol in
  }))

/** Seconds for each item as pupils take them, most between one and six. */
const withTimes = (sheets: ReturnType<typeof sheetsFor>, random: () => number) =>
  sheets.map((sheet) => ({
    ...sheet,
    times: Object.fromEntries(Object.keys(sheet.answers).map((item) => [item, Math.round(1000 * 2.5 * Math.exp(1.6 * (random() - 0.5)))])),
  }))

const answerOne = async (field: Field, session: Session, card: Card, sheets: unknown) => {
  const pupil = client(field.address)
  const startedAt = new Date()
  const { token } = await pupil.post<{ token: string }>('/pupil/sign-in', { locator: session.locator, code: card.code })
  const body = { language: 'zh-CN', startedAt, finishedAt: new Date(), ended: 'finished', sheets }
  const idempotencyKey = randomBytes(16).toString('hex')
  await pupil.post('/pupil/submissions', body, { authorization: `Bearer ${token}`, 'idempotency-key': idempotencyKey })
  field.progress.step()
}

/** Runs one wave of the protocol in all classes, with answers that follow from the seed alone. Returns the number of sheets stored. */
export const runWave = async (field: Field, wave: Protocol['waves'][number]): Promise<number> => {
  const controls = new Set(field.protocol.arms.filter((arm) => arm.control).map((arm) => arm.id))
  const isBaseline = wave.id === field.protocol.primary.baselineWave
  let stored = 0
  for (const [position, school] of field.schools.entries()) {
    const programme = !controls.has(field.armOf.get(school.id) ?? '')
    const seats = school.classes.length * field.pupilsPerClass
    const latents = latentsOfSchool(field.seed + position, seats, programme).values()
    const random = seededRandom(field.seed + 1000 * (position + 1) + field.protocol.waves.indexOf(wave))
    const paces = seededRandom(field.seed + 7000 * (position + 1) + field.protocol.waves.indexOf(wave)) // apart: answers follow from theirs alone
    for (const { id: classId } of school.classes) {
      const session = await field.proctor.post<Session>('/sessions', { classId, studyId: field.studyId, wave: wave.id })
      await openSession(field.proctor, session.id)
      const work = session.codes.map((card) => {
        const latent = latents.next().value!
        const sheets = sheetsFor(field.library, wave.battery, isBaseline ? latent.baseline : latent.post, random)
        return { card, sheets: withTimes(sheets, paces) }
      })
      await inParallel(work, field.width ?? 8, ({ card, sheets }) => answerOne(field, session, card, sheets))
      await field.proctor.post(`/sessions/${session.id}/close`)
      stored += work.length
    }
  }
  return stored
}
