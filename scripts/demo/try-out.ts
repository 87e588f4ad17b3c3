// One more class for the newcomer to be a pupil of: after the walk, when the server is left running.
import type { Client } from './client.ts'
import { openSession } from './duty.ts'
import { consent } from './notice.ts'
import type { Enrolled } from './walk.ts'

const pupil = (number: number) => ({
  name: `演示${'甲乙丙丁'[number % 4]}${number < 4 ? '' : Math.floor(number / 4)}`,
  studentNumber: `DEMO-T${number}`,
  sex: number % 2 ? 'male' : 'female',
  birthDate: `${new Date().getUTCFullYear() - 13}-05-09`,
  leftBehind: number === 0,
})

type Notices = { readonly notices: readonly { readonly id: string; readonly purpose: string }[] }

/** A class that has not been asked yet, in a school of the study. */
export const addClass = async (administrator: Client, schoolId: string, pupils: number) => {
  const name = '七年级9班'
  const { id } = await administrator.post<{ id: string }>('/units', { kind: 'class', parentId: schoolId, name })
  const participants = Array.from({ length: pupils }, (_, number) => pupil(number))
  const { participantIds } = await administrator.post<{ participantIds: string[] }>(`/classes/${id}/participants`, { participants })
  const { notices } = await administrator.get<Notices>(`/classes/${id}/notices`)
  const { id: noticeId } = notices.find(({ purpose }) => purpose === 'screening')!
  await consent(administrator, id, 'screening', noticeId, participantIds)
  return { id, name }
}

type Session = { readonly id: string; readonly locator: string; readonly codes: readonly { readonly code: string }[] }

/** The links on three seat cards of an open session. */
export const openForTrying = async (address: string, { administrator, cast, schools, studyId }: Enrolled): Promise<readonly string[]> => {
  const { id: classId } = await addClass(administrator, schools[0]!.id, 3)
  const session = await cast.proctor.browser.post<Session>('/sessions', { classId, studyId, wave: 'baseline' })
  await openSession(cast.proctor.browser, session.id)
  return session.codes.map(({ code }) => `${address}/p/#${session.locator}.${code}`)
}
