// The researcher gives the server the protocol, brings the schools in and has them allocated.
import type { Protocol } from '@tongxing/instruments'
import type { Client } from './client.ts'
import type { School } from './county.ts'

type Allocated = { readonly schools: readonly { readonly schoolId: string; readonly arm: string }[] }

export const startStudy = async (researcher: Client, protocol: Protocol, schools: readonly School[], seed: number) => {
  const { id: studyId } = await researcher.post<{ id: string }>('/studies', { protocol })
  await researcher.post(`/studies/${studyId}/schools`, { schoolIds: schools.map((school) => school.id) })
  const allocated = await researcher.post<Allocated>(`/studies/${studyId}/allocation`, { seed })
  return { studyId, armOf: new Map(allocated.schools.map(({ schoolId, arm }) => [schoolId, arm])) }
}
