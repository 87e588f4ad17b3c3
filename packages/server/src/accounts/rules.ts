import type { Role, UnitKind } from '../db/tables.ts'
import { Problem } from '../problem.ts'

export const staffSessionHours = 12
export const linkHours = { 'set-up': 24, invitation: 7 * 24, 'sign-in-link': 24 } as const

export const requirePassword = (password: string, username: string) => {
  if ([...password].length < 12 || password.toLowerCase() === username) throw new Problem('account.password-weak')
}

export type Place = { readonly id: string; readonly parentId: string | null; readonly schoolId: string | null }
type Held = { readonly unitId: string; readonly schoolIds: readonly string[] }

/** An administrator's reach: the own unit and everything below it. Nobody hands out more than what they hold. */
export const reaches = (grants: readonly Held[], countyId: string, place: Place): boolean =>
  grants.some(
    ({ unitId, schoolIds }) =>
      unitId === countyId ||
      unitId === place.id ||
      unitId === place.parentId ||
      (place.schoolId !== null && schoolIds.includes(place.schoolId)),
  )

// A study is the whole county's, and no role is narrower than a school yet.
const placesOf = (role: Role): readonly UnitKind[] => (role === 'researcher' ? ['county'] : ['county', 'township', 'school'])

export const requireRolePlace = (role: Role, kind: UnitKind) => {
  const allowed = placesOf(role)
  if (!allowed.includes(kind)) throw new Problem('account.role-misplaced', { role, kind, kinds: allowed.join(', ') })
}

export const hoursAfter = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000)
