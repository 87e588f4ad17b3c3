// Who is signed in, as the pages need to know it.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Me } from './wire.ts'

export type Role = Me['roles'][number]['role']

export type Staff = {
  readonly me: Me
  readonly roles: readonly Role[]
  readonly has: (role: Role) => boolean
  /** The sign-in has ended; the pages wait, hidden, until the same person is back. */
  readonly away: boolean
}

export const staffOf = (me: Me, away = false): Staff => {
  const roles = [...new Set(me.roles.map((held) => held.role))]
  return { me, roles, has: (role) => roles.indexOf(role) >= 0, away }
}

/** A study is the whole county's: whoever sets one up holds a role there (the server asks the same). */
export const keepsStudies = ({ roles, county }: Me): boolean =>
  roles.some(({ role, unitId }) => role === 'researcher' || (role === 'administrator' && unitId === county?.id))

export const StaffContext = createContext<Staff | null>(null)

export const useStaff = (): Staff => {
  const staff = useContext(StaffContext)
  if (!staff) throw new Error('useStaff was used before anyone signed in')
  return staff
}
