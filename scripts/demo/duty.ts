// Before anybody is asked: who is on duty in every school, and that a call reaches them. A session is opened by whoever confirms what is unusual.
import type { Client } from './client.ts'
import type { School } from './county.ts'
import type { Cast } from './staff.ts'

type Waiting = { readonly alerts: readonly { readonly id: string }[] }

const days = 180
const dayIn = (count: number) => new Date(Date.now() + 8 * 3_600_000 + count * 86_400_000).toISOString().slice(0, 10) // a day in China

/** A rota of half a year for each school, and a trial alert that both people on it confirm. */
export const setDuty = async (administrator: Client, { counsellor, deputy }: Cast, schools: readonly School[]) => {
  const turn = { fromDay: dayIn(0), toDay: dayIn(days), ownerId: counsellor.id, deputyId: deputy.id }
  for (const { id } of schools) {
    await administrator.post(`/schools/${id}/duty`, turn)
    await administrator.post(`/schools/${id}/trial-alerts`)
  }
  for (const { browser } of [counsellor, deputy]) {
    const { alerts } = await browser.get<Waiting>('/trial-alerts')
    await browser.post('/trial-alerts/confirm', { alertIds: alerts.map(({ id }) => id) })
  }
}

/** Two waves on one day, in schools that are small: the demonstration confirms both. */
export const openSession = (proctor: Client, sessionId: string) =>
  proctor.post(`/sessions/${sessionId}/open`, { confirmed: ['capacity', 'again'] })
