// What an administrator can do with somebody else's account, and how it is called.
import type { StaffKey } from '../../i18n/staff.ts'
import type { Account } from '../wire.ts'

export type AccountAct = 'invite' | 'disable' | 'enable'

export const actsOn = (state: Account['state']): readonly AccountAct[] => (state === 'disabled' ? ['enable'] : ['invite', 'disable'])

type ActWords = { readonly button: StaffKey; readonly title: StaffKey; readonly body: StaffKey }

/** A link for somebody who can sign in takes something away; for the others it only replaces the older link. */
export const actWords = (act: AccountAct, state: Account['state']): ActWords => {
  if (act === 'disable') return { button: 'accounts.disable', title: 'accounts.disableTitle', body: 'accounts.disableBody' }
  if (act === 'enable') return { button: 'accounts.enable', title: 'accounts.enableTitle', body: 'accounts.enableBody' }
  const body = state === 'active' ? 'accounts.resetBody' : 'accounts.inviteBody'
  return { button: state === 'active' ? 'accounts.reset' : 'accounts.invite', title: 'accounts.inviteTitle', body }
}
