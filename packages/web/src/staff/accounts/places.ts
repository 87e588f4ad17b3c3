// Which roles an administrator can give, and where.
import type { Role } from '../staff.ts'
import { rolesIn } from '../units/tree.ts'
import type { Me, Unit } from '../wire.ts'

/** Where a role usually stands: people of a school at a school. An administrator is one of the county or of a school, whose offline kit needs her. */
const kinds: Readonly<Record<Role, readonly Unit['kind'][]>> = {
  counsellor: ['school', 'county'],
  proctor: ['school', 'county'],
  researcher: ['county'],
  principal: ['school', 'county'],
  administrator: ['county', 'school'],
}

/** The units for which somebody may give a role: those that they administer themselves. */
export const placesFor = (role: Role, units: readonly Unit[], held: Me['roles']): readonly Unit[] =>
  kinds[role].flatMap((kind) => units.filter((unit) => unit.kind === kind && rolesIn(unit.id, units, held).includes('administrator')))
