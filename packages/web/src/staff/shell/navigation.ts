// Who sees which room. The server decides what a role may do; this only keeps doors out of sight that would not open.
import type { Role } from '../staff.ts'

export type Place = 'home' | 'classes' | 'notices' | 'cases' | 'duty' | 'studies' | 'units' | 'accounts' | 'kits' | 'library'
export type Door = { readonly place: Place; readonly href: string }

const rooms: Readonly<Record<Role, readonly Place[]>> = {
  administrator: ['units', 'accounts', 'classes', 'notices', 'duty', 'kits', 'library'],
  principal: ['duty'],
  counsellor: ['cases', 'classes', 'notices', 'duty'],
  proctor: ['classes'],
  researcher: ['studies', 'library'],
}

const order: readonly Place[] = ['home', 'cases', 'classes', 'notices', 'duty', 'studies', 'units', 'accounts', 'kits', 'library']

export const hrefOf = (place: Place) => (place === 'home' ? '/' : place === 'library' ? '/instruments' : `/${place}`)

/** `withStudies`: an administrator of the county keeps its studies too, one of a school does not. */
export const doorsOf = (roles: readonly Role[], withStudies = false): readonly Door[] => {
  const open = new Set<Place>(['home', ...roles.flatMap((role) => rooms[role]), ...(withStudies ? (['studies'] as const) : [])])
  return order.filter((place) => open.has(place)).map((place) => ({ place, href: hrefOf(place) }))
}

/** The door that a path stands behind, so that the navigation can mark it. A session belongs to its class, a report to its study. */
export const placeOf = (path: string): Place => {
  const first = path.split('/')[1] ?? ''
  const below: Readonly<Record<string, Place>> = {
    sessions: 'classes',
    screenings: 'classes',
    'past-classes': 'units',
    reports: 'studies',
    instruments: 'library',
  }
  return below[first] ?? order.find((place) => place === first) ?? 'home'
}
